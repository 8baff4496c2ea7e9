import { parse } from 'acorn';
import { transform } from 'sucrase';

/**
 * TypeScript as JavaScript; every line stays where it is. Enums and parameter properties are written out, decorators are left as they are.
 * What is JavaScript already and refused all the same is left as it is: a function at the end of a condition, `a ? (b) : c => c`.
 * @param {string} code
 * @param {string} file its name, whose ending `.tsx` allows elements
 * @returns {string}
 * @throws {SyntaxError} with `loc`, lines from 1 and columns from 1
 */
export function stripTypes(code, file) {
  try {
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
  } catch (error) {
    if (isJavaScript(code)) return code;
    throw error;
  }
}

/** @param {string} code @returns {boolean} */
function isJavaScript(code) {
  try {
    parse(code, {
      ecmaVersion: 'latest',
      allowAwaitOutsideFunction: true,
      allowImportExportEverywhere: true,
      allowHashBang: true,
    });
    return true;
  } catch {
    return false;
  }
}
