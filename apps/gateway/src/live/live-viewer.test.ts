import { describe, expect, it } from '@jest/globals';
import { LiveViewer } from './live-viewer';

/** A viewer's connection that takes a message when it is told to. */
class Connection {
  readyState = 1;
  readonly sent: (string | Uint8Array)[] = [];
  readonly closed: string[] = [];
  private readonly taken: (() => void)[] = [];
  send(data: string | Uint8Array, done: () => void): void {
    this.sent.push(data);
    this.taken.push(done);
  }
  close(_code: number, reason: string): void {
    this.closed.push(reason);
  }
  take(): void {
    this.taken.shift()?.();
  }
}
const picture = (n: number) => Uint8Array.of(n);

describe('somebody who looks on', () => {
  it('is sent one message at a time, and of what waits the newest, with the state in front', () => {
    const connection = new Connection();
    const viewer = new LiveViewer(connection);
    for (let n = 1; n <= 5; n++) viewer.showPicture(picture(n));
    viewer.showState('a');
    viewer.showState('b');
    expect(connection.sent).toEqual([picture(1)]);
    connection.take();
    connection.take();
    connection.take();
    expect(connection.sent).toEqual([picture(1), 'b', picture(5)]);
    expect(viewer.dropped).toBe(3);
  });

  it('who takes the video elsewhere is told what is done, and is sent no pictures', () => {
    const connection = new Connection();
    const viewer = new LiveViewer(connection, false);
    viewer.showPicture(picture(1));
    viewer.showState('a');
    connection.take();
    expect([connection.sent, viewer.dropped]).toEqual([['a'], 0]);
  });

  it('who takes nothing costs one picture, however many come', () => {
    const connection = new Connection();
    const viewer = new LiveViewer(connection);
    for (let n = 0; n < 10_000; n++) viewer.showPicture(picture(n % 256));
    expect(connection.sent).toHaveLength(1);
    expect(viewer.dropped).toBe(9_998);
  });

  it('who has gone is sent nothing', () => {
    const connection = new Connection();
    const viewer = new LiveViewer(connection);
    connection.readyState = 3;
    viewer.showPicture(picture(1));
    expect(connection.sent).toEqual([]);
  });
});
