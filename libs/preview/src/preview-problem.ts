const PROBLEMS = {
  401: {
    title: 'A link is needed',
    text: 'This preview is private: open it by the link that you were sent.',
  },
  410: {
    title: 'The link has ended',
    text: 'This preview link has expired or was revoked. Ask for a new one.',
  },
  404: { title: 'No such preview', text: 'There is no sandbox behind this address, or it was destroyed.' },
  502: {
    title: 'The app does not answer',
    text: 'The sandbox is there, but nothing listens on the port of its app.',
  },
  508: { title: 'Loop', text: 'This request has gone round through the preview proxy already.' },
} as const;

export type PreviewProblemStatus = keyof typeof PROBLEMS;

/** A plain page for a preview that cannot be shown; holds nothing of the request. */
export function renderPreviewProblem(status: PreviewProblemStatus): string {
  const { title, text } = PROBLEMS[status];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>\n`;
}
