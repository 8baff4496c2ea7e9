import postcss from 'postcss';
import type { Finding } from './finding';

/** What is wrong with a style sheet: its syntax by PostCSS. Styles run nothing. */
export function scanCss(path: string, text: string): Finding[] {
  try {
    postcss.parse(text);
    return [];
  } catch (error) {
    if (error instanceof RangeError)
      return [{ path, line: null, rule: 'syntax', message: 'It is nested too deeply to be read.' }];
    if (!(error instanceof Error) || error.name !== 'CssSyntaxError') throw error;
    const { line, reason } = error as Error & { line?: number; reason?: string };
    return [
      {
        path,
        line: line ?? null,
        rule: 'syntax',
        message: `It is no valid style sheet: ${(reason ?? '').slice(0, 200)}`,
      },
    ];
  }
}
