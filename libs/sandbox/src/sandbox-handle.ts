import type { SandboxFiles } from './files/files.types';
import { ExecGit } from './git/exec-git';
import { ExecInterpreter } from './interpreter/exec-interpreter';
import type { EgressDecision, ExecOptions, ExecResult, NetworkPolicy, ProcessStatus } from './sandbox.types';

/** How a provider runs processes that outlive their caller; what the calls mean is said at `Sandbox`. */
export interface SandboxProcesses {
  start(name: string, command: string, options?: Pick<ExecOptions, 'cwd' | 'env'>): Promise<ProcessStatus>;
  list(): Promise<ProcessStatus[]>;
  status(name: string): Promise<ProcessStatus | undefined>;
  log(name: string, tailBytes?: number): Promise<string>;
  input(name: string, data: string | Uint8Array): Promise<void>;
  kill(name: string): Promise<void>;
}

/** What the handles of every provider have in common: git and Python by commands inside, and the calls of `Sandbox` that its processes and files answer. */
export abstract class SandboxHandle {
  abstract readonly files: SandboxFiles;
  readonly git = new ExecGit(this);
  readonly interpreter = new ExecInterpreter(this);
  protected abstract readonly processes: SandboxProcesses;

  abstract exec(command: string | readonly string[], options?: ExecOptions): Promise<ExecResult>;
  abstract withNetwork<T>(
    policy: NetworkPolicy,
    fn: () => Promise<T>,
  ): Promise<{ value: T; decisions: EgressDecision[] }>;

  startProcess(
    name: string,
    command: string,
    options?: Pick<ExecOptions, 'cwd' | 'env'>,
  ): Promise<ProcessStatus> {
    return this.processes.start(name, command, options);
  }

  listProcesses(): Promise<ProcessStatus[]> {
    return this.processes.list();
  }

  processStatus(name: string): Promise<ProcessStatus | undefined> {
    return this.processes.status(name);
  }

  processLog(name: string, tailBytes?: number): Promise<string> {
    return this.processes.log(name, tailBytes);
  }

  sendInput(name: string, data: string | Uint8Array): Promise<void> {
    return this.processes.input(name, data);
  }

  killProcess(name: string): Promise<void> {
    return this.processes.kill(name);
  }

  writeFile(path: string, content: string | Uint8Array): Promise<void> {
    return this.files.write(path, content);
  }

  readFile(path: string, maxBytes?: number): Promise<Buffer> {
    return this.files.read(path, maxBytes);
  }
}
