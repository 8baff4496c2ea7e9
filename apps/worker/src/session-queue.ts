import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** Task queue of this process's browser sessions; a new one for every start, so that no step reaches a process without its browser. */
export const sessionQueueName = (): string =>
  `session-${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`;
