import gatherContext from './gather-context.py';

/**
 * Python: moves the entries of folder `argv[1]` to `argv[2]` and removes there what its `.dockerignore` leaves out, as the Docker command
 * line does before it sends a context; `argv[3]`, the Dockerfile, stays. The engine itself does not look at that file. May be run again
 * after it was cut off.
 */
export const GATHER_CONTEXT = gatherContext;
