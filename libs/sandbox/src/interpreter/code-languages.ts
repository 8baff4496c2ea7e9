import { AppError, EnvironmentError } from '@showrunner/contracts';
import type { ContextLanguage } from '@showrunner/contracts';

interface LanguageFacts {
  /** What an id of a context of it begins with: the id alone says what runs in it, to every process of the platform. */
  prefix: string;
  /** The context that is made on first use. */
  ownContext: string;
  /** What has to be in the sandbox: the server of a context is Python for each. */
  programs: readonly string[];
}

const FACTS: Record<ContextLanguage, LanguageFacts> = {
  python: { prefix: 'c-', ownContext: 'default', programs: ['python3'] },
  javascript: { prefix: 'js-', ownContext: 'js-default', programs: ['python3', 'node'] },
  typescript: { prefix: 'ts-', ownContext: 'ts-default', programs: ['python3', 'node'] },
};

export const factsOf = (language: ContextLanguage): LanguageFacts => FACTS[language];

export function languageOfContext(id: string): ContextLanguage {
  if (id.startsWith(FACTS.javascript.prefix)) return 'javascript';
  return id.startsWith(FACTS.typescript.prefix) ? 'typescript' : 'python';
}

/** Ends with what is missing on standard output. */
export const missingProgram = (language: ContextLanguage): string =>
  factsOf(language)
    .programs.map((program) => `command -v ${program} > /dev/null 2>&1 || { echo ${program}; exit 1; }`)
    .join('\n');

export const interpreterUnavailable = (program: string): EnvironmentError =>
  new EnvironmentError('interpreter_unavailable', `There is no ${program} in the sandbox.`, {
    status: 409,
    remedy:
      program === 'node'
        ? 'Make the sandbox from an image with Node.js 18 or later, or install it.'
        : 'Make the sandbox from an image with Python 3.7 or later, or install it.',
  });

/** @throws {AppError} `context_language_differs` */
export function requireSameLanguage(contextId: string, language: ContextLanguage | undefined): void {
  const own = languageOfContext(contextId);
  if (language === undefined || language === own) return;
  throw new AppError('context_language_differs', `The context "${contextId}" is one of ${own}.`, {
    status: 409,
    remedy: 'Leave the language out, or use a context of this language.',
  });
}
