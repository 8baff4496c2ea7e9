import { AppError } from '@showrunner/contracts';
import { endOfLog, lastLines } from './log-lines';

const READ_ONLY = /\bEROFS\b|Read-only file system/i;
const DENIED = /\bEACCES\b|permission denied/i;
/** Where not even the folder around it is there, a folder that shall be made is not found instead of being denied. */
const NOT_MADE = /\bENOENT\b.{0,60}\bmkdir '/;
/** Not what every app may write; `/dev` and `/proc` are named in harmless complaints. */
const OUTSIDE = /(?:^|[\s'"‘`(:=])\/(?!app\b|home\/app\b|tmp\b|dev\b|proc\b)[\w.-]+/;

/** The typed failure of an app that was denied a file outside of its folders, as images meet it; undefined when it was not that. Pure. */
export function rightsFailure(log: string): AppError | undefined {
  const isDenied = (line: string): boolean =>
    READ_ONLY.test(line) || ((DENIED.test(line) || NOT_MADE.test(line)) && OUTSIDE.test(line));
  if (!log.slice(-20_000).split('\n').some(isDenied)) return undefined;
  return new AppError(
    'place_not_writable',
    `The app wants to use files that it may not: it runs as user 1000, and can write below /app, /home/app and /tmp only.${endOfLog(log)}`,
    {
      status: 422,
      remedy:
        'Have it write below one of these folders; in a Dockerfile, put what it changes below /app, and let everybody read the rest.',
      details: { log: lastLines(log, 40) },
    },
  );
}
