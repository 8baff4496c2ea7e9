import { setImmediate as turn } from 'node:timers/promises';
import { expect, it, jest } from '@jest/globals';
import { PeriodicTask } from './periodic-task';

const warn = jest.fn();

/** A round ends when the test says so. */
class Counting extends PeriodicTask {
  begun = 0;
  end: (error?: Error) => void = () => undefined;

  constructor(everyMs: number) {
    super({ everyMs, logger: { warn } as never, failure: 'Nothing was counted' });
  }

  protected runOnce(): Promise<void> {
    this.begun += 1;
    return new Promise((resolve, reject) => {
      this.end = (error) => (error === undefined ? resolve() : reject(error));
    });
  }

  async until(begun: number): Promise<void> {
    while (this.begun < begun) await turn();
  }
}

it('begins the next round only after the one before, a failed one too, and none after the end', async () => {
  const rounds = new Counting(1);
  rounds.onApplicationBootstrap();
  expect(rounds.begun).toBe(1);
  for (let i = 0; i < 20; i += 1) await turn();
  expect(rounds.begun).toBe(1);

  const error = new Error('the store is away');
  rounds.end(error);
  await rounds.until(2);
  expect(warn).toHaveBeenCalledWith({ err: error }, 'Nothing was counted');

  const stopped = rounds.onModuleDestroy();
  rounds.end();
  await stopped;
  expect(rounds.begun).toBe(2);
});

it('ends without waiting for the next round', async () => {
  const rounds = new Counting(3_600_000);
  rounds.onApplicationBootstrap();
  rounds.end();
  await turn();
  await rounds.onModuleDestroy();
  expect(rounds.begun).toBe(1);
});

it('does not wait for a round that hangs', async () => {
  const rounds = new Counting(1);
  rounds.onApplicationBootstrap();
  await rounds.onModuleDestroy();
  expect(rounds.begun).toBe(1);
});
