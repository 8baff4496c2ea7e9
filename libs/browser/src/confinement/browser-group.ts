import { randomBytes } from 'node:crypto';
import {
  ControlGroup,
  detectCgroupLayout,
  joinedCommand,
  removeEmptyGroups,
} from '@showrunner/control-groups';

const PREFIX = 'browser-';
const GIB = 1024 ** 3;

/** Pages are strangers' code: what they make Chromium use is bounded, its time on the processors is not, as that would cost frames. */
export const BROWSER_LIMITS = { memoryBytes: 2 * GIB, maxProcesses: 1024 };

/** Control groups of one browser. Without root, or without control groups, nothing is bounded. */
export interface BrowserGroup {
  /** The argv that joins the groups and then becomes `argv`. */
  joined(argv: readonly string[]): string[];
  /** Ends what is left in the groups and removes them. */
  remove(): Promise<void>;
}

/** @param memoryBytes the most that the browser with all its pages may use */
export async function makeBrowserGroup(memoryBytes = BROWSER_LIMITS.memoryBytes): Promise<BrowserGroup> {
  if (process.getuid?.() !== 0) return { joined: (argv) => [...argv], remove: () => Promise.resolve() };
  const layout = await detectCgroupLayout();
  await removeEmptyGroups(layout, PREFIX);
  const group = new ControlGroup(layout, `${PREFIX}${process.pid}-${randomBytes(6).toString('hex')}`);
  await group.create({ ...BROWSER_LIMITS, memoryBytes });
  return {
    joined: (argv) => joinedCommand(group.enter('browser'), argv),
    remove: async () => {
      await group.killAll();
      await group.remove();
    },
  };
}
