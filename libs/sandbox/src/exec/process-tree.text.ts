import processTree from './process-tree.pl';

/**
 * The beginning of every supervisor in Perl: it finds, limits and ends the processes below it, orphans that it adopted included. The
 * program that follows shares `$child`, `$status` and `$ended` by `our`.
 */
export const PROCESS_TREE = processTree;
