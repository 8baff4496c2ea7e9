import { describe, expect, it } from '@jest/globals';
import { toClientHeaders, toInnerHeaders } from './forward-headers';

describe('toInnerHeaders', () => {
  it('keeps what is meant for the service and proves who asks', () => {
    const inner = toInnerHeaders(
      {
        accept: 'application/json',
        range: 'bytes=0-1',
        authorization: 'Bearer sk_1',
        'x-api-key': 'sk_1',
        cookie: 'a=b',
        host: 'gateway',
        connection: 'keep-alive, X-Once',
        'x-once': '1',
        'keep-alive': 'timeout=5',
        te: 'trailers',
        upgrade: 'websocket',
        'x-showrunner-internal': 'forged',
        'x-showrunner-key': 'key-1',
        'x-showrunner-other': 'forged',
      },
      'token',
    );
    expect(inner).toEqual({
      accept: 'application/json',
      range: 'bytes=0-1',
      'x-showrunner-key': 'key-1',
      'x-showrunner-internal': 'token',
    });
  });

  it('keeps a body of unknown length one', () => {
    expect(toInnerHeaders({ 'transfer-encoding': 'chunked' }, 't')).toMatchObject({
      'transfer-encoding': 'chunked',
    });
    expect(toInnerHeaders({ 'content-length': '3' }, 't')).toMatchObject({ 'content-length': '3' });
  });
});

it('toClientHeaders lets nothing internal out', () => {
  expect(
    toClientHeaders({
      etag: '"1"',
      connection: 'close',
      'transfer-encoding': 'chunked',
      'x-showrunner-internal': 't',
    }),
  ).toEqual({ etag: '"1"' });
});
