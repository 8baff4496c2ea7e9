/** A function as it stands in the program of a page. */
type PageFunction = (...given: never[]) => unknown;

/**
 * The text of a program for a page, which defines `showrunner` (or `name`) there: what `first` does is done, and of all functions those that are named
 * can be called. A bundler that puts modules together may rename a function, with all its calls, where another module has one of the same
 * name; keys of `named` are not renamed, so that each is called by its key, whatever the text of its function calls it.
 * @throws TypeError for a function without a name of its own, such as an arrow
 */
export function pageProgram(
  functions: readonly PageFunction[],
  named: Record<string, PageFunction>,
  first: PageFunction,
  name = 'showrunner',
): string {
  const answers = Object.entries(named).map(([key, one]) => `${key}: ${textName(one)}`);
  // Bundlers that keep function names wrap inner functions in `__name`.
  return `globalThis.${name} ??= (() => { const __name = (value) => value; ${functions.map(String).join('\n')}
${textName(first)}();
return { ${answers.join(', ')} }; })();`;
}

/** What its own text calls a function; its property `name` may say what it was called before. */
function textName(one: PageFunction): string {
  const name = /^(?:async\s+)?function\s*\*?\s*([\w$]+)/.exec(String(one))?.[1];
  if (name === undefined)
    throw new TypeError(`A function of the page's program has no name: ${String(one).slice(0, 60)}`);
  return name;
}
