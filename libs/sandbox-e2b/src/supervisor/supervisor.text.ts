import { PROCESS_TREE } from '@showrunner/sandbox/provider';
import supervisor from './supervisor.pl';

/**
 * The program that stands between E2B's daemon and every command of ours, in Perl: E2B builds templates on Debian only, where Perl is
 * essential, and it starts within 2 ms. The daemon itself signals one process and waits until nobody holds the output any more; this one adopts
 * orphans (PR_SET_CHILD_SUBREAPER), so that a command ends with everything it started, double forks included.
 *
 * Arguments: mode, state folder, then
 * - `exec`    process limit, seconds until it ends itself (0: never), folder, count of variables, NAME=VALUE..., argv...
 *             The exit, by code or by signal, is that of the command. SIGTERM ends the tree.
 * - `process` name, then as `exec`. One line of status on stdout when it runs, or when that name runs already; output goes to a bounded log.
 * - `status`  names...: one line of JSON each (all when none is named)
 * - `log`     name, bytes: the end of what was kept
 * - `sweep`   mark: ends every process that carries SANDBOX_TREE=<mark>
 */
export const SUPERVISOR = PROCESS_TREE + supervisor;
