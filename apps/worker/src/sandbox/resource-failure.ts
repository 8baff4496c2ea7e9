import { AppError } from '@showrunner/contracts';
import { endOfLog, lastLines } from './log-lines';

export interface Symptoms {
  /** Who failed, as the subject of a sentence: `The install`, `The app`. */
  who: string;
  log: string;
  outOfMemory: boolean;
  exitCode: number | null;
  signal: string | null;
}

/** The typed failure when memory, disk or processes ran out; undefined when it was none of them. Pure. */
export function resourceFailure(symptoms: Symptoms): AppError | undefined {
  const { who, log } = symptoms;
  const end = log.slice(-20_000);
  const killed = symptoms.signal === 'SIGKILL' || symptoms.exitCode === 137;
  const details = { log: lastLines(log, 40), exitCode: symptoms.exitCode, signal: symptoms.signal };
  if (/\bENOSPC\b|No space left on device/i.test(end)) {
    return new AppError('disk_full', `${who} filled the disk of the sandbox.${endOfLog(log)}`, {
      status: 422,
      remedy: 'Ask for a larger disk (at most 10 GiB), or make it write less.',
      details,
    });
  }
  if (symptoms.outOfMemory || killed || /JavaScript heap out of memory/.test(end)) {
    return new AppError('out_of_memory', `${who} ran out of memory and was ended.${endOfLog(log)}`, {
      status: 422,
      remedy: 'Ask for more memory (at most 8 GiB), or make it need less.',
      details,
    });
  }
  if (
    /\b(?:fork|spawn|vfork|pthread_create)\b.*(?:EAGAIN|Resource temporarily unavailable|retry)|Cannot fork|can't start new thread|uv_thread_create/i.test(
      end,
    )
  ) {
    return new AppError(
      'process_limit',
      `${who} started more processes than the sandbox allows.${endOfLog(log)}`,
      {
        status: 422,
        remedy: 'Ask for more processes (at most 4096), or make it start fewer.',
        details,
      },
    );
  }
  return undefined;
}
