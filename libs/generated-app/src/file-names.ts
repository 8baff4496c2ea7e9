import { InvalidInputError } from '@showrunner/contracts';

const MAX_LENGTH = 200;
const MAX_DEPTH = 10;
/** What routes of Next.js need: `[id]`, `(group)`, `@slot`. No dot, space or dash at the beginning. */
const SEGMENT = /^[\w@([][\w@()[\].+~ -]*$/;
/** Folders of tools: what lies there is theirs. */
const RESERVED = new Set(['node_modules', '.git', '.next']);

/**
 * The path of a generated file below the project, from the name that was given for it.
 * @throws {InvalidInputError} `file_name_invalid` for what could leave the project or is no plain name
 */
export function safePath(name: string): string {
  const path = name.replace(/^(\.?\/)+/, '');
  const segments = path.split('/');
  const isSafe =
    path.length > 0 &&
    path.length <= MAX_LENGTH &&
    segments.length <= MAX_DEPTH &&
    segments.every((segment) => SEGMENT.test(segment) && !segment.endsWith('.') && !RESERVED.has(segment));
  if (isSafe) return path;
  throw new InvalidInputError('file_name_invalid', `"${name.slice(0, 100)}" cannot be the name of a file.`, {
    remedy: 'Use plain relative names such as page.tsx or components/Card.tsx.',
  });
}
