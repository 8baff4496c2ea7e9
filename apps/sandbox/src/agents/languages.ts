import type { AgentLanguage } from '@showrunner/contracts';
import { TYPESCRIPT_PROGRAM } from '@showrunner/sandbox';

const TYPESCRIPT_FILE = '/tmp/.showrunner-typescript.mjs';

const LANGUAGES: Record<AgentLanguage, { file: string; program: readonly string[] }> = {
  python: { file: 'main.py', program: ['python3'] },
  javascript: { file: 'main.mjs', program: ['node'] },
  typescript: { file: 'main.ts', program: ['node', TYPESCRIPT_FILE] },
  shell: { file: 'main.sh', program: ['sh'] },
};

/** Name of the file that holds the code of a program. */
export const mainFileOf = (language: AgentLanguage): string => LANGUAGES[language].file;

/** What has to be written for the code of a program, by its path, and the words that run it. @param folder absolute, without a slash at its end */
export function commandOf(
  language: AgentLanguage,
  folder: string,
  code: string,
): { files: Record<string, string>; words: string[] } {
  const { file, program } = LANGUAGES[language];
  const path = `${folder}/${file}`;
  const beside: Record<string, string> =
    language === 'typescript' ? { [TYPESCRIPT_FILE]: TYPESCRIPT_PROGRAM } : {};
  return { files: { ...beside, [path]: code }, words: [...program, path] };
}
