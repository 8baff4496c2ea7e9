export type * from './sandbox.types';
export type * from './files/files.types';
export type * from './git/git.types';
export type * from './interpreter/interpreter.types';
export { TYPESCRIPT_PROGRAM } from './interpreter/program/node-worker';
export type * from './output/output-listener';
export { quoted } from './exec/quoted';
export { checkBranch, isSshAddress, parseGitUrl } from './git/git-url';
export { reapSandboxes } from './reap-sandboxes';
