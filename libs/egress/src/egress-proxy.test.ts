import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import type { EgressJudge } from './egress-judge';
import { createEgressProxy } from './egress-proxy';

it.each(['upgrade', 'connect'])(
  'fault 1: a program that breaks off in the middle of %s ends its own connection alone',
  (event) => {
    const judge = { judge: () => new Promise(() => undefined), refuse: () => undefined };
    const proxy = createEgressProxy(judge as unknown as EgressJudge);
    const client = new PassThrough();
    proxy.emit(event, { url: 'x', headers: {} } as IncomingMessage, client, Buffer.alloc(0));
    // Without a listener this would throw, from an event and out of the process.
    client.emit('error', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
    expect(client.destroyed).toBe(true);
  },
);
