import server from './server.py';

/**
 * The server of one context: `python3 -I -S <file> <socket> <worker program>`, and for a worker of Node.js
 * `… <socket> <file of the worker> <language> <file of the hooks>`. Owns the worker process, queues the runs of all clients, passes
 * output on no faster than the client reads, interrupts what is late or whose client went away, and starts a worker anew when it died.
 *
 * Request: `>I` length, JSON `{timeout: seconds | null}`, `>I` length, code. Reply: frames `>BI` kind and length; 1 standard output, 2 standard error,
 * 3 the outcome as JSON.
 */
export const SERVER_PROGRAM = server;
