/** Sends a signal to a process that leads a group, or to all of its group; nothing when nobody is left to receive it. */
export function signalGroup(pid: number, signal: NodeJS.Signals, whom: 'leader' | 'group'): void {
  try {
    process.kill(whom === 'group' ? -pid : pid, signal);
  } catch (error) {
    // Nobody left to receive it.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
