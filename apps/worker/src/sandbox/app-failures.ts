import { AppError, type ErrorCode } from '@showrunner/contracts';
import { endOfLog, lastLines } from './log-lines';
import { resourceFailure } from './resource-failure';
import { rightsFailure } from './rights-failure';
import type { Visit } from './visit';

/** Why a started app shows no page: one stable code each, with the end of its log. Pure. */
export const appFailures = {
  exited(facts: {
    log: string;
    exitCode: number | null;
    signal: string | null;
    outOfMemory: boolean;
  }): AppError {
    const resource = resourceFailure({ who: 'The app', ...facts }) ?? rightsFailure(facts.log);
    if (resource !== undefined) return resource;
    const how =
      facts.exitCode === null
        ? `was ended by ${facts.signal ?? 'a signal'}`
        : `ended with exit code ${facts.exitCode}`;
    return failure('app_exited', `The app ${how} before it showed a page.`, facts.log, {
      remedy:
        'Mend what the log names, set missing variables with --env NAME=value, or give another command with --start.',
      details: { exitCode: facts.exitCode, signal: facts.signal },
    });
  },

  noPage(facts: {
    log: string;
    visits: readonly Visit[];
    timeoutMs: number;
    outOfMemory: boolean;
  }): AppError {
    const { log, visits } = facts;
    if (visits.length === 0) {
      const { outOfMemory } = facts;
      const resource =
        resourceFailure({ who: 'The app', log, outOfMemory, exitCode: null, signal: null }) ??
        rightsFailure(log);
      if (resource !== undefined) return resource;
      return failure(
        'app_not_listening',
        `The app runs, but opened no port within ${Math.round(facts.timeoutMs / 1000)} s.`,
        log,
        {
          remedy:
            'Give the command that starts its web server with --start; it finds the port to use in PORT.',
        },
      );
    }
    const loop = visits.find((one) => one.kind === 'loop');
    if (loop !== undefined) {
      return failure('redirect_loop', `The app redirects for ever: ${loop.path} leads back to itself.`, log, {
        remedy: 'It often needs a setting, such as its own address; set it with --env NAME=value.',
      });
    }
    const error = visits.find((one) => one.kind === 'error');
    if (error !== undefined) {
      return failure(
        'app_error_status',
        `The app answers with HTTP ${error.status} instead of a page.`,
        log,
        {
          remedy:
            'Mend what the log names; a missing database or variable is the usual cause (--env NAME=value).',
          details: { status: error.status },
        },
      );
    }
    const away = visits.find((one) => one.kind === 'away');
    if (away !== undefined) {
      return failure(
        'redirect_away',
        `The app sends visitors to ${away.location.slice(0, 200)}, which is outside of the sandbox.`,
        log,
        {
          remedy: 'Set its own address or switch off the outside sign-in with --env NAME=value.',
        },
      );
    }
    const empty = visits.find((one) => one.kind === 'noPage');
    if (empty !== undefined) {
      const what =
        empty.status < 400
          ? `${empty.contentType || 'something without a type'}, not a page`
          : `HTTP ${empty.status}`;
      return failure('app_no_page', `The app answers on port ${empty.port}, but at / with ${what}.`, log, {
        remedy:
          empty.status === 401 || empty.status === 403
            ? 'The app lets nobody in without credentials of the server: switch this off for the film, or name a user with --env or in the intent.'
            : 'If this is only the API, choose the folder of the front end with --subdir.',
        details: { status: empty.status, contentType: empty.contentType },
      });
    }
    return failure(
      'app_not_answering',
      `The app listens on port ${visits[0]?.port}, but sent no page within ${Math.round(facts.timeoutMs / 1000)} s.`,
      log,
      {
        remedy: 'Check with its log what it waits for; without network it may wait for an outside service.',
      },
    );
  },
};

function failure(
  code: ErrorCode,
  message: string,
  log: string,
  options: { remedy: string; details?: Record<string, unknown> },
): AppError {
  return new AppError(code, `${message}${endOfLog(log)}`, {
    status: 422,
    remedy: options.remedy,
    details: { ...options.details, log: lastLines(log, 40) },
  });
}
