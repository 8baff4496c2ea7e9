import worker from './worker.py';

/**
 * The process that holds the variables of a context: `python3 -u -c <this> <control descriptor>`. Takes code by its length and bytes, runs it in a
 * `__main__` module of its own, and answers the outcome as JSON by its length. Standard output and error are pipes of the server.
 */
export const WORKER_PROGRAM = worker;
