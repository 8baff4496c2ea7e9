import { InvalidInputError, type AppError } from '@showrunner/contracts';
import type { Runtimes } from './draft';
import type { FileListing } from './listing';
import { HOW_TO_FILM, commandLineTool } from './command-line';
import { describeUnsupported } from './unsupported';

/** The error for a source in which no app was found: what it is instead, and what the user can do. */
export function nothingToRun(
  listing: FileListing,
  dir: string,
  refused: readonly string[],
  candidates: readonly string[],
  runtimes: Pick<Runtimes, 'go' | 'systems'>,
): AppError {
  const where = dir === '' ? 'The source' : `The folder "${dir}"`;
  if (candidates.length > 1) {
    return new InvalidInputError(
      'several_apps',
      `${where} starts nothing itself, and ${candidates.length} of its folders could be the app.`,
      {
        remedy: `Choose one with --subdir: ${candidates.slice(0, 20).join(', ')}.`,
        details: { candidates },
      },
    );
  }
  const unsupported = describeUnsupported(listing, runtimes);
  const tool = candidates.length === 0 ? commandLineTool(listing) : undefined;
  const isStack = unsupported?.code === 'stack_unsupported';
  if (unsupported !== undefined && (!isStack || tool === undefined))
    return new InvalidInputError(unsupported.code, unsupported.message, {
      remedy: unsupported.remedy,
      details: { candidates },
    });
  if (tool !== undefined)
    return new InvalidInputError(
      'nothing_to_run',
      `${where} is a tool of the command line: ${tool}, and nothing in it serves a page.${refused.length > 0 ? ` ${refused.join(' ')}` : ''}`,
      { remedy: HOW_TO_FILM, details: { candidates, refused, kind: 'command-line' } },
    );
  const found =
    listing.files.length === 0
      ? 'It is empty.'
      : `It has no script that serves a page, no web app in Python and no index.html.`;
  return new InvalidInputError(
    'nothing_to_run',
    `${where} has nothing to run. ${refused.length > 0 ? refused.join(' ') : found}`,
    {
      remedy:
        candidates.length > 0
          ? `Choose one with --subdir: ${candidates.join(', ')}.`
          : 'Say how the app starts with --start "<command>" (and --install, --port), or choose its folder with --subdir.',
      details: { candidates, refused },
    },
  );
}
