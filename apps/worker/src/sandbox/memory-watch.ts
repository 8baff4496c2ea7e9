import { PassThrough } from 'node:stream';
import type { Sandbox } from '@showrunner/sandbox';

/**
 * Tells afterwards whether the kernel ended a process of the sandbox for lack of memory: a command that waits for its input is
 * kept open meanwhile, because the provider reports that with the result of each command.
 */
export function watchMemory(sandbox: Sandbox): { outOfMemory: () => Promise<boolean> } {
  const input = new PassThrough();
  const waiting = sandbox.exec(['cat'], { cwd: '/', stdin: input }).then(
    (result) => result.outOfMemory,
    () => false, // a sandbox that is gone reports itself through the calls that matter
  );
  return {
    outOfMemory: () => {
      input.end();
      return waiting;
    },
  };
}
