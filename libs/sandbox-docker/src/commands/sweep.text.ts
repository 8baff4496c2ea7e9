import sweep from './sweep.pl';
import sweepFunctions from './sweep-functions.sh';
import run from './run.sh';
import end from './end.sh';

/**
 * Shell functions, in what every POSIX shell has built in, so that nothing is forked while a fork bomb is ended.
 *
 * A tree is known by a mark that its members cannot take off: a hard limit on file locks, which Linux keeps for every process and uses for
 * nothing since 2.4. It is inherited through forks, new sessions and new environments, and without a capability it can only be lowered.
 * Where the shell cannot set it, the variable SANDBOX_EXEC is the mark.
 */
export const SWEEP_FUNCTIONS = sweepFunctions;

/** Runs an argv ($3...) with mark $1 in folder $2, and ends whatever it leaves behind before it tells its exit code. */
export const RUN_SCRIPT = `${SWEEP_FUNCTIONS}${run}`;

/**
 * The same sweep where there is Perl: a shell reads /proc byte by byte, a tenth of a second for each look at 128 processes, and among those
 * of a fork bomb it gets the hundredth part of a processor. Gives up after 20 s.
 */
const SWEEP_IN_PERL = sweep;

/** Ends every process that carries mark $1. */
export const END_SCRIPT = `[ -x /usr/bin/perl ] && exec /usr/bin/perl -e '${SWEEP_IN_PERL}' "$1"
${SWEEP_FUNCTIONS}${end}`;
