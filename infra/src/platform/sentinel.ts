import { spawn } from 'node:child_process';

/**
 * A shell that waits for our end. When we go without saying goodbye (kill -9, out of memory) its input ends, and it starts `sweep`, which ends
 * what the kernel did not end with us and removes the sandboxes.
 */
export class Sentinel {
  private constructor(private readonly say: (text: string) => void) {}

  /** @param sweep command line that cleans up after us */
  static start(sweep: readonly string[], env: NodeJS.ProcessEnv): Sentinel {
    const child = spawn('/bin/sh', ['-c', 'read -r goodbye || exec "$@"', 'showrunner-sentinel', ...sweep], {
      env,
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.stdin.on('error', () => undefined);
    child.on('error', () => undefined);
    child.unref();
    return new Sentinel((text) => child.stdin.end(text));
  }

  /** We end in order: nothing is left to clean. */
  dismiss(): void {
    this.say('goodbye\n');
  }
}
