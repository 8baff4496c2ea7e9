const PROBLEMS = {
  404: { title: 'No such preview', text: 'There is no sandbox behind this address, or it was destroyed.' },
  502: {
    title: 'The app does not answer',
    text: 'The sandbox is there, but nothing listens on the port of its app.',
  },
  508: { title: 'Loop', text: 'This request has gone round through the preview proxy already.' },
} as const;

/** A plain page for a preview that cannot be shown; holds nothing of the request. */
export function renderPreviewProblem(status: keyof typeof PROBLEMS): string {
  const { title, text } = PROBLEMS[status];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>\n`;
}
