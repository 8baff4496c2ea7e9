import { createHash } from 'node:crypto';

/** Jest's way with programs that are taken as text: each becomes a module whose default export is its text. */
export default {
  /**
   * @param {string} text
   * @param {string} path
   */
  process: (text, path) => ({
    code: `${path.endsWith('.cjs') ? 'module.exports =' : 'export default'} ${JSON.stringify(text)};\n`,
  }),
  /**
   * @param {string} text
   * @param {string} path
   */
  getCacheKey: (text, path) => createHash('sha256').update(`${path}\0${text}`).digest('hex'),
};
