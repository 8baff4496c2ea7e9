import { AppError } from '@showrunner/contracts';

/** ETag of a version of a timeline. */
export const etagOf = (version: number): string => `"${version}"`;

/** What is asked for is this version already (RFC 9110, 13.1.2: weak comparison). */
export function isNoneMatch(header: string | undefined, version: number): boolean {
  if (header === undefined) return false;
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etagOf(version));
}

/**
 * Holds a change to the version that its writer has seen (RFC 9110, 13.1.1: strong comparison).
 * @throws {AppError} 428 `if_match_required`, 412 `timeline_changed`
 */
export function requireMatch(header: string | undefined, runId: string, version: number): void {
  if (header === undefined || header.trim() === '') {
    throw new AppError('if_match_required', 'Who changes a timeline says which version he has seen.', {
      status: 428,
      remedy: 'Send If-Match with the ETag of GET /api/runs/{id}/timeline.',
    });
  }
  const tags = header.split(',').map((tag) => tag.trim());
  if (!tags.includes('*') && !tags.includes(etagOf(version))) throw timelineChanged(runId, version);
}

export const timelineChanged = (runId: string, version: number): AppError =>
  new AppError(
    'timeline_changed',
    `The timeline of run ${runId} is at version ${version} by now: its ETag is ${etagOf(version)}.`,
    {
      status: 412,
      details: { version },
      remedy:
        'Read it again (GET /api/runs/{id}/timeline), and do to that one what is still wanted. Nothing of it is lost.',
    },
  );
