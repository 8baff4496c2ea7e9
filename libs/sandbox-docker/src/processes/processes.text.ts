import { SWEEP_FUNCTIONS } from '../commands/sweep.text';
import common from './common.sh';
import start from './start.sh';
import status from './status.sh';
import log from './log.sh';
import input from './input.sh';
import kill from './kill.sh';

/** Where named processes are kept inside: on the disk of /home/app, so that their logs outlive a stop and cost no memory. */
const COMMON = common;

/**
 * Starts a named process unless it runs: mark $1, name $2, start $3, folder $4, argv $5... Prints its line and lives on as its keeper.
 * The log: \`head\` holds the first MiB, \`tail0\` and \`tail1\` by turns what comes later.
 */
export const START_SCRIPT = `${COMMON}${start}`;

/** The line of process $1, or of every process. */
export const STATUS_SCRIPT = `${COMMON}${status}`;

/** The last $2 bytes of the log of process $1. */
export const LOG_SCRIPT = `${COMMON}${log}`;

/** Writes what it reads to the standard input of process $1; exit code 3 when it does not run. */
export const INPUT_SCRIPT = `${COMMON}${input}`;

/** Ends the tree of process $1 and notes that. */
export const KILL_SCRIPT = `${SWEEP_FUNCTIONS}${COMMON}${kill}`;
