import { InvalidInputError, type AppError } from '@showrunner/contracts';

const LANGUAGES = {
  node: 'Node',
  python: 'Python',
  go: 'Go',
  java: 'Java',
  php: 'PHP',
  ruby: 'Ruby',
  rust: 'Rust',
} as const;
export type Language = keyof typeof LANGUAGES;

/** Versions are shown, not searched: the nearest few are enough. */
const MOST_SHOWN = 8;

/** A version that is asked for and cannot be had, with those that can. */
export function runtimeUnavailable(
  language: Language,
  wanted: string,
  who: string,
  available: readonly string[],
): AppError {
  const shown = available.slice(0, MOST_SHOWN);
  return new InvalidInputError(
    'runtime_unavailable',
    `${who} asks for ${LANGUAGES[language]} ${wanted}, which cannot be had here.`,
    {
      remedy:
        shown.length === 0
          ? `This installation has no ${LANGUAGES[language]} at all; see docs/build-detection.md, "Versions".`
          : `${LANGUAGES[language]} ${shown.join(', ')} can be had: choose one with --runtime ${language}@${shown[0] ?? ''}.`,
      details: { language, wanted, available: shown },
    },
  );
}

/** A pin that is a path, an address or a reference, which nothing of ours ever follows. */
export const pinRefused = (language: Language, who: string, text: string): AppError =>
  new InvalidInputError(
    'runtime_pin_refused',
    `${who} does not name a version of ${LANGUAGES[language]} but a place: ${JSON.stringify(text.slice(0, 60))}.`,
    { remedy: `Only versions are followed; choose one with --runtime ${language}@<version>.` },
  );
