import { AppError, InvalidInputError } from '@showrunner/contracts';
import type { EgressDecision, ExecResult } from '../sandbox.types';
import { sshFailure } from './ssh-failure';

export interface GitAttempt {
  result: ExecResult;
  decisions: readonly EgressDecision[];
  /** Without credentials; shown to the user. */
  url: string;
  ref: string | undefined;
  timeoutMs: number;
  /** Fingerprints by which the host of an SSH address is known. */
  hostKeys: readonly string[];
}

/** What a failed clone or fetch means, judged by the network's decisions first and by git's words second. Pure. */
export function gitFailure({ result, decisions, url, ref, timeoutMs, hostKeys }: GitAttempt): AppError {
  const said = result.stderr;
  const details = { log: said.slice(-2000) };
  const refused = decisions.find((one) => !one.allowed);
  if (result.timedOut) {
    return new AppError(
      'source_too_slow',
      `Fetching ${url} took longer than ${Math.round(timeoutMs / 1000)} s.`,
      {
        remedy: 'Try again later, or upload an archive of the part that is needed.',
        details,
      },
    );
  }
  if (/No space left on device|unable to write|file write error/i.test(said)) {
    return new InvalidInputError('source_too_large', `${url} does not fit on the disk of the sandbox.`, {
      remedy: 'Ask for a larger disk, or upload an archive of the part that is needed.',
      details,
    });
  }
  if (result.outOfMemory) {
    return new InvalidInputError(
      'source_too_large',
      `${url} needs more memory to be fetched than the sandbox has.`,
      {
        remedy: 'Ask for more memory, or upload an archive of the part that is needed.',
        details,
      },
    );
  }
  if (refused !== undefined && !/^name not resolved/.test(refused.reason)) {
    return new InvalidInputError(
      'source_host_not_allowed',
      `${url} leads to ${refused.host}, which may not be reached: ${refused.reason}.`,
      {
        remedy: 'Give the final public address of the repository.',
        details,
      },
    );
  }
  if (refused !== undefined) {
    return unreachable(
      url,
      `the name ${refused.host} is not known (${refused.reason.replace('name not resolved: ', '')})`,
      details,
    );
  }
  const [, why] = /^showrunner: \S+ is not reached: (.*)$/m.exec(said) ?? [];
  if (why !== undefined) return unreachable(url, `the host does not answer (${why})`, details);
  const ofSsh = sshFailure(said, url, hostKeys, details);
  if (ofSsh !== undefined) return ofSsh;
  if (/Remote branch .* not found|couldn't find remote ref|Could not find remote branch/i.test(said)) {
    return new InvalidInputError('source_branch_not_found', `${url} has no branch or tag "${ref ?? ''}".`, {
      remedy: 'Leave the branch out for the default one, or check its name.',
      details,
    });
  }
  if (
    /could not read (Username|Password)|Authentication failed|terminal prompts disabled|returned error: (401|403)/i.test(
      said,
    )
  ) {
    return new InvalidInputError(
      'source_auth_required',
      `${url} does not exist or is private: it asks for a sign-in.`,
      {
        remedy:
          'Check the address; for a private repository give a token that may read it (source.token, or film --token-file), or upload an archive of it.',
        details,
      },
    );
  }
  if (
    /not found|returned error: 404|returned error: 410|does not appear to be a git repository|not valid: is this a git repository|unexpected (?:http )?content/i.test(
      said,
    )
  ) {
    return new InvalidInputError('source_not_found', `There is no Git repository at ${url}.`, {
      remedy: 'Check the address: it is the one that `git clone` takes.',
      details,
    });
  }
  return unreachable(url, lastLine(said) || `git ended with ${result.exitCode ?? result.signal}`, details);
}

/** The commit that was asked for is not in the repository. */
export const commitNotFound = (url: string, commit: string): AppError =>
  new InvalidInputError('source_commit_not_found', `${url} has no commit ${commit}.`, {
    remedy: 'Give a commit that was pushed, in full, or leave it out.',
  });

const unreachable = (url: string, why: string, details: Record<string, unknown>): AppError =>
  new AppError('source_unreachable', `${url} cannot be reached: ${why}.`, {
    status: 502,
    remedy: 'Check the address and that its host is up, then try again.',
    details,
  });

const lastLine = (text: string): string =>
  text
    .replace(/^showrunner: host key .*$|^fatal: Could not read from remote repository[\s\S]*$/gm, '')
    .trim()
    .split('\n')
    .at(-1)
    ?.replace(/^(fatal|error): /, '')
    .replace(/\.$/, '')
    .slice(0, 300) ?? '';
