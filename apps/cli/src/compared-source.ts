import path from 'node:path';
import { InvalidInputError, readRepositoryPage } from '@showrunner/contracts';
import type { CreateRun } from '@showrunner/contracts';
import type { ApiClient } from '@showrunner/api-client';
import type { FilmOptions } from './film-options';
import { folderStates } from './git-states';
import { archiveOf, createProject } from './make-project';
import type { Archive } from './make-project';
import type { SourceArgument } from './source-argument';

/** What `POST /api/runs` is told of a comparison. */
export type ComparedRequest = Pick<CreateRun, 'base' | 'head' | 'baseProjectId' | 'changes'>;

/** A source and what it is compared with, read and packed, so that only uploading is left. */
export interface ComparedSource {
  /** What is filmed, where it has to be uploaded. */
  archive: Archive | undefined;
  /** Uploads what else is needed. */
  request(api: ApiClient): Promise<ComparedRequest>;
}

/**
 * A comparison plans by itself, from what it sees.
 * @throws InvalidInputError `comparison_ambiguous`
 */
export function requireComparable(options: FilmOptions): void {
  const { base, head, planId, plan, from, template, keep } = options;
  if (base === undefined && head !== undefined)
    throw new InvalidInputError('comparison_ambiguous', '--head says nothing without --base.', {
      remedy: 'Give --base, too; or --branch to film another branch.',
    });
  if (base !== undefined && [planId, plan, from, template, keep].some((one) => one !== undefined))
    throw new InvalidInputError(
      'comparison_ambiguous',
      'With --base the plan is made from the app, and no sandbox is kept.',
      { remedy: 'Leave --plan, --plan-id, --from, --template and --keep out.' },
    );
}

/**
 * A pull request by the address of its page is compared with the default branch unless something else is asked for: what it changes is what
 * is to be seen.
 */
export function againstItsBase(argument: string | undefined, options: FilmOptions): FilmOptions {
  const { base, branch, planId, plan, from, template, keep } = options;
  if ([base, branch, planId, plan, from, template, keep].some((one) => one !== undefined)) return options;
  if (argument === undefined || readRepositoryPage(argument)?.isPullRequest !== true) return options;
  return { ...options, base: 'HEAD' };
}

/**
 * Reads what `--base` and `--head` name. A repository is told by its refs; of a folder that is a checkout the other states are packed here.
 * @throws InvalidInputError `comparison_needs_git` and those of `folderStates`
 */
export async function comparedSource(
  source: SourceArgument,
  { base, head, subdir }: Pick<FilmOptions, 'base' | 'head' | 'subdir'>,
): Promise<ComparedSource> {
  if (base === undefined) return { archive: await archiveOf(source), request: () => Promise.resolve({}) };
  if (source.kind === 'git')
    return {
      archive: undefined,
      request: () => Promise.resolve({ base, ...(head !== undefined && { head }) }),
    };
  if (source.kind === 'archive')
    throw new InvalidInputError('comparison_needs_git', 'An archive has no other states.', {
      status: 422,
      remedy: 'Film a checkout, or the https:// address of the repository.',
    });
  const states = await folderStates(source.folder, base, head);
  const name = path.basename(source.folder) || 'app';
  const tar = (what: string, bytes: Buffer): Archive => ({
    ...{ name: what.slice(0, 200), fileName: `${name}.tar`, content: new Blob([new Uint8Array(bytes)]) },
  });
  return {
    archive:
      states.head === undefined ? await archiveOf(source) : tar(`${name} at ${head ?? ''}`, states.head),
    async request(api) {
      const project = await createProject(
        api,
        source,
        subdir ? { subdir } : {},
        tar(`${name} at ${base}`, states.base),
      );
      return { base, baseProjectId: project.id, changes: states.changes };
    },
  };
}
