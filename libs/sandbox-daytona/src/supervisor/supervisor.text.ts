import { PROCESS_TREE } from '@showrunner/sandbox/provider';
import supervisor from './supervisor.pl';

/**
 * The program that runs every command inside a Daytona sandbox, in Perl (essential on Debian and Ubuntu; starts within 3 ms). Daytona's sessions
 * write lines of text, lose bytes that are no text, tell no signal, and end only what stays below their shell. This program
 * - carries both streams in lines of base64, each line atomic in one stream, so that any byte arrives as it was,
 * - adopts orphans (PR_SET_CHILD_SUBREAPER): a command ends with everything it started, double forks included,
 * - keeps of each stream only the first and last bytes when nobody listens, so that a flood neither fills the disk nor the line,
 * - gives a sign of life every 3 s.
 *
 * The job comes on descriptor 3, one hexadecimal line a field, the mode first:
 * - `run`    processes, milliseconds (0: no limit), bytes kept a stream (-1: all), folder, 1 when input follows, input, count of
 *            variables, NAME=VALUE..., argv...
 * - `start`  state folder, name, mark, processes, folder, count of variables, NAME=VALUE..., argv...: a named process that outlives the call
 * - `status` state folder, names... (all when none is named)
 * - `log`    state folder, name, bytes
 * - `input`  state folder, name, input
 * - `kill`   state folder, name
 * - `sweep`  mark: ends every process that carries SANDBOX_TREE=<mark>
 *
 * It prints `O <base64>` and `E <base64>` (output), `G O|E <count>` (bytes left out here), `H` (alive) and at the end
 * `X <exit code|-> <signal number|-> <1 when out of time>`. Input follows as lines `D <number> <base64>`, counted from 0, and a last line `.`.
 */
export const SUPERVISOR = PROCESS_TREE + supervisor;
