import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { comparisonReport } from '@showrunner/comparison';
import { ComparisonSchema, FILM_FILES, InvalidInputError } from '@showrunner/contracts';
import type { Comparison } from '@showrunner/contracts';
import { FORGES, readRequest, renewComment } from '@showrunner/forge';
import type { PullRequest } from '@showrunner/forge';
import { readTokenFile } from './make-project';
import { COMPARISON_FILES } from './report-comparison';
import { EXIT } from './watch-run';

export interface CommentOptions {
  /** `owner/name#12` */
  github?: string;
  /** `group/name!12` */
  gitlab?: string;
  /** File with the token; `-`: standard input. */
  tokenFile: string;
  /** Of a forge of one's own. */
  apiUrl?: string;
  /** Address below which the folder's files are served, so that the comment shows them. */
  link?: string;
  /** Page that lists them, where they are not served one by one. */
  filesAt?: string;
}

/**
 * `comment`: posts the report of a comparison to its pull request, or renews the one that was posted before. The platform has no part in it: the
 * token goes from here to the forge.
 * @throws InvalidInputError `bad_forge`, `no_comparison`, `token_file_unreadable` @throws AppError `forge_refused`, `forge_unreachable`
 */
export async function comment(folder: string, options: CommentOptions): Promise<number> {
  const request = requestOf(options);
  const comparison = await readComparison(folder);
  const body = comparisonReport(comparison, await linksOf(folder, options));
  const { url, isNew } = await renewComment(request, { token: readTokenFile(options.tokenFile), body });
  process.stdout.write(`${isNew ? 'Posted' : 'Renewed'}${url === null ? '' : `: ${url}`}\n`);
  return EXIT.filmed;
}

function requestOf(options: CommentOptions): PullRequest {
  const named = FORGES.filter((forge) => options[forge] !== undefined);
  const [forge] = named;
  if (forge === undefined || named.length > 1)
    throw new InvalidInputError('bad_forge', 'It is not said where the comment goes.', {
      remedy: 'Give either --github owner/name#12 or --gitlab group/name!12.',
    });
  return readRequest(forge, options[forge] ?? '', options.apiUrl);
}

async function readComparison(folder: string): Promise<Comparison> {
  try {
    return ComparisonSchema.parse(
      JSON.parse(await readFile(path.join(folder, COMPARISON_FILES.json), 'utf8')),
    );
  } catch (cause) {
    throw new InvalidInputError('no_comparison', `"${folder}" holds no comparison.`, {
      remedy: 'Name the folder that film --base was given by --out.',
      cause,
    });
  }
}

/** Files that are there, where `link` says that people find them; without it none, since nobody could follow. */
async function linksOf(
  folder: string,
  { link, filesAt }: Pick<CommentOptions, 'link' | 'filesAt'>,
): Promise<Parameters<typeof comparisonReport>[1]> {
  const files = filesAt === undefined ? {} : { files: requireAddress(filesAt, '--files-at') };
  if (link === undefined) return files;
  requireAddress(link, '--link');
  const isThere = (name: string): Promise<boolean> =>
    readFile(path.join(folder, name)).then(
      () => true,
      () => false,
    );
  const at = async (key: 'film' | 'poster' | 'gif', name: string) =>
    (await isThere(name)) ? { [key]: `${link.replace(/\/+$/, '')}/${name}` } : {};
  const found = [at('film', 'video.mp4'), at('poster', FILM_FILES.poster), at('gif', COMPARISON_FILES.gif)];
  return Object.assign(files, ...(await Promise.all(found))) as Parameters<typeof comparisonReport>[1];
}

function requireAddress(text: string, option: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidInputError('bad_forge', `${option} is no address.`, {
    remedy: 'Give the https:// address under which people find the files of the folder.',
  });
}
