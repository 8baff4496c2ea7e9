import { setImmediate } from 'node:timers/promises';
import { InvalidInputError } from '@showrunner/contracts';
import { safePath } from '../file-names';
import type { ProjectFile } from '../project-file';
import { scanCss } from './css';
import type { Finding } from './finding';
import { scanHtml } from './html';
import { scanJavaScript } from './javascript';
import { scanPackageJson, scanRequirements } from './manifest';
import { scanPython } from './python';
import { loadPythonGrammar } from './python-tree';

/** What a written app may have at most. */
export const APP_LIMITS = { files: 40, fileBytes: 40_000, bytes: 150_000 };
/** Findings beyond that say nothing new. */
const MOST_FINDINGS = 30;

type Scan = (path: string, text: string) => Finding[];
const BY_NAME: readonly [RegExp, Scan][] = [
  [/(^|\/)package\.json$/, scanPackageJson],
  [/(^|\/)requirements\.txt$/, scanRequirements],
  [/\.([cm]?[jt]s|[jt]sx)$/, scanJavaScript],
  [/\.py$/, scanPython],
  [/\.(html?|svg)$/, scanHtml],
  [/\.css$/, scanCss],
  [/\.json$/, scanJson],
  [/\.(md|txt|csv)$/, () => []],
];

/**
 * What keeps files that a model wrote from being run: their names and sizes, their syntax by parsers, patterns that no small app needs. Reads,
 * and runs nothing. An empty answer is no proof of innocence: what passes runs in a sandbox like everything else.
 */
export async function scanApp(files: readonly ProjectFile[]): Promise<Finding[]> {
  const found = [...wrongSizes(files)];
  // What is too large is not even parsed.
  if (found.length > 0) return found;
  if (files.some(({ path }) => path.endsWith('.py'))) await loadPythonGrammar();
  const seen = new Set<string>();
  for (const { path, content } of files) {
    // A file takes a second or two at worst; others of this process have their turn in between.
    await setImmediate();
    const name = wrongName(path) ?? (seen.has(path.toLowerCase()) ? 'It is there twice.' : undefined);
    seen.add(path.toLowerCase());
    const scan = BY_NAME.find(([names]) => names.test(path))?.[1];
    if (name !== undefined)
      found.push({ path: path.slice(0, 200), line: null, rule: 'file-name', message: name });
    else if (scan === undefined)
      found.push({
        path,
        line: null,
        rule: 'file-kind',
        message: 'Files of this kind are not taken: write HTML, CSS, JavaScript, TypeScript, Python or JSON.',
      });
    else found.push(...scan(path, content));
  }
  return found.slice(0, MOST_FINDINGS);
}

function wrongSizes(files: readonly ProjectFile[]): Finding[] {
  const whole = (message: string): Finding[] => [{ path: 'the app', line: null, rule: 'size', message }];
  if (files.length === 0) return whole('It has no files.');
  if (files.length > APP_LIMITS.files) return whole(`It has more than ${APP_LIMITS.files} files.`);
  const sizes = files.map(({ content }) => Buffer.byteLength(content));
  const large = files[sizes.findIndex((bytes) => bytes > APP_LIMITS.fileBytes)];
  if (large !== undefined)
    return [
      {
        path: large.path.slice(0, 200),
        line: null,
        rule: 'size',
        message: `It is larger than ${APP_LIMITS.fileBytes / 1000} kB.`,
      },
    ];
  const bytes = sizes.reduce((sum, one) => sum + one, 0);
  return bytes > APP_LIMITS.bytes ? whole(`It is larger than ${APP_LIMITS.bytes / 1000} kB in all.`) : [];
}

function wrongName(path: string): string | undefined {
  try {
    return safePath(path) === path
      ? undefined
      : 'Write its path relative to the folder of the app, without "./" or "/".';
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return 'That cannot be the name of a file of the app.';
  }
}

function scanJson(path: string, text: string): Finding[] {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    return [{ path, line: null, rule: 'syntax', message: 'It is not JSON.' }];
  }
}
