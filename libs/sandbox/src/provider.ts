/** What a provider is built upon: everything that does not depend on where its sandboxes run. Only providers import it. */
export { BASE_ENVIRONMENT } from './exec/base-environment';
export {
  assignments,
  isProcessName,
  requireEnvironment,
  requireProcessName,
  wordsOf,
} from './exec/command-input';
export { DEFAULT_OUTPUT_BYTES, execAborted, resultOf, type FinishedCommand } from './exec/finished-command';
export { PROCESS_TREE } from './exec/process-tree.text';
export { signalName } from './exec/signal-name';
export { ExecFiles } from './files/exec-files';
export { fileTooLarge } from './files/file-errors';
export { requirePath } from './files/file-paths';
export { encodeHeader, END_OF_ARCHIVE, padding } from './files/tar/tar-header';
export { BoundedOutput } from './output/bounded-output';
export { allTaken, Hold } from './output/hold';
export { LISTENER_COMMAND, sortedListeners } from './ports/listeners';
export { processNotRunning, sandboxNotFound, sandboxNotRunning } from './sandbox-errors';
export { SandboxHandle, type SandboxProcesses } from './sandbox-handle';
