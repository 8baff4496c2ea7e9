import { InvalidInputError } from '@showrunner/contracts';
import type { CompareWith, CreateRun, Source } from '@showrunner/contracts';
import type { TenantDatabase } from '@showrunner/database';

/**
 * What a run is compared with, as it was asked for; nothing when it is a film as any other.
 * @throws {NotFoundError} no such project
 * @throws {InvalidInputError} `comparison_ambiguous` (400), `comparison_needs_git` (422)
 */
export async function compareWith(
  request: CreateRun,
  source: Source,
  projects: TenantDatabase['projects'],
): Promise<{ compare?: CompareWith }> {
  const { base, head, baseProjectId, changes } = request;
  if (base === undefined) {
    if ([head, baseProjectId, changes].every((one) => one === undefined)) return {};
    throw ambiguous('`head`, `baseProjectId` and `changes` say nothing without `base`.', 'Give `base`, too.');
  }
  const pinned = [request.planId, request.plan, request.test].some((one) => one !== undefined);
  if (pinned || request.keepSandbox)
    throw ambiguous(
      'With `base` the plan is made from the app, and its sandbox ends before the base is looked at.',
      'Leave `planId`, `plan`, `test` and `keepSandbox` out.',
    );
  if (source.kind !== 'git' && baseProjectId === undefined) {
    throw new InvalidInputError('comparison_needs_git', 'What was uploaded has no other states.', {
      status: 422,
      remedy: 'Upload the state to compare with as a project of its own, and name it as `baseProjectId`.',
    });
  }
  if (source.kind === 'git' && (baseProjectId !== undefined || changes !== undefined))
    throw ambiguous(
      'A repository knows its states and what lies between them.',
      'Leave `baseProjectId` and `changes` out.',
    );
  if (source.kind !== 'git' && head !== undefined)
    throw ambiguous('What was uploaded is itself what is filmed.', 'Leave `head` out.');
  if (baseProjectId !== undefined) await projects.get(baseProjectId);
  return {
    compare: {
      base,
      ...(head !== undefined && { head }),
      ...(baseProjectId !== undefined && { baseProjectId }),
      ...(changes !== undefined && { changes }),
    },
  };
}

const ambiguous = (message: string, remedy: string): InvalidInputError =>
  new InvalidInputError('comparison_ambiguous', message, { remedy });
