import { describe, expect, it } from '@jest/globals';
import { OpenRequests } from './open-requests';

function requests(): { open: OpenRequests; pass: (ms: number) => void } {
  let now = 0;
  return { open: new OpenRequests(() => now), pass: (ms) => void (now += ms) };
}

describe('OpenRequests', () => {
  it('awaits what was asked until it came, and the moment that showing it takes', () => {
    const { open, pass } = requests();
    expect(open.isAwaiting).toBe(false);
    open.sent('1', 'Fetch');
    open.sent('2', 'Script');
    open.ended('1');
    pass(500);
    expect(open.isAwaiting).toBe(true);
    open.ended('2');
    expect(open.isAwaiting).toBe(true);
    pass(100);
    expect(open.isAwaiting).toBe(false);
  });

  it('awaits no stream, and no poll that hangs', () => {
    const { open, pass } = requests();
    open.sent('1', 'EventSource');
    open.sent('2', 'Ping');
    expect(open.isAwaiting).toBe(false);
    open.sent('3', 'XHR');
    pass(2500);
    expect(open.isAwaiting).toBe(false);
    open.ended('3');
    expect(open.isAwaiting).toBe(false);
  });
});
