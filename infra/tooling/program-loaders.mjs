/**
 * How esbuild takes programs of other languages, and of Node.js, that run inside sandboxes and browsers, and what is said to models: as text. Their files say what they
 * are by their names, `*.pl`, `*.py`, `*.sh`, `*.program.{mjs,cjs}` and `*.prompt.md`; jest takes them so by `infra/test/program-text.mjs`.
 * @type {Record<string, 'text'>}
 */
export const programLoaders = {
  '.pl': 'text',
  '.py': 'text',
  '.sh': 'text',
  '.program.mjs': 'text',
  '.program.cjs': 'text',
  '.prompt.md': 'text',
};
