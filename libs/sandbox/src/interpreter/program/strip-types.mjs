import { transform } from 'sucrase';

/**
 * TypeScript as JavaScript; every line stays where it is. Enums and parameter properties are written out, decorators are left as they are.
 * @param {string} code
 * @param {string} file its name, whose ending `.tsx` allows elements
 * @returns {string}
 * @throws {SyntaxError} with `loc`, lines from 1 and columns from 1
 */
export function stripTypes(code, file) {
  return transform(code, {
    transforms: file.endsWith('x') ? ['typescript', 'jsx'] : ['typescript'],
    jsxRuntime: 'automatic',
    production: true,
    disableESTransforms: true,
    preserveDynamicImport: true,
    // What one cell imports another may use.
    keepUnusedImports: true,
    filePath: file,
  }).code;
}
