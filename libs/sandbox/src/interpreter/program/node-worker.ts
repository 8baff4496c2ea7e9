import nodeWorker from './node-worker.bundle.program.cjs';
import typescriptHooks from './typescript-hooks.bundle.program.mjs';

/**
 * The process that holds the variables of a context of JavaScript or TypeScript: `node <this> <requests> <replies> <language> <file of the hooks>`, both
 * first the numbers of pipes. Takes and answers as `worker.ts` does; the length 0xffffffff interrupts what runs. Each execution is evaluated as V8's REPL does.
 */
export const NODE_WORKER_PROGRAM = nodeWorker;

/** Lets Node.js import TypeScript, types taken out; run as `node <this> main.ts [arguments]` it runs a file of it. */
export const TYPESCRIPT_PROGRAM = typescriptHooks;
