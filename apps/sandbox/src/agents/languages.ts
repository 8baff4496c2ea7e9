import type { AgentLanguage } from '@showrunner/contracts';

const LANGUAGES: Record<AgentLanguage, { file: string; program: string }> = {
  python: { file: 'main.py', program: 'python3' },
  javascript: { file: 'main.mjs', program: 'node' },
  shell: { file: 'main.sh', program: 'sh' },
};

/** Name of the file that holds the code of a program. */
export const mainFileOf = (language: AgentLanguage): string => LANGUAGES[language].file;

/** Where the code of a program is written, and the words that run it. @param folder absolute, without a slash at its end */
export function commandOf(language: AgentLanguage, folder: string): { file: string; words: string[] } {
  const { file, program } = LANGUAGES[language];
  const path = `${folder}/${file}`;
  return { file: path, words: [program, path] };
}
