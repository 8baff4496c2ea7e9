/** The parts of the Engine API (v1.41 and newer) that are used here, named as the API names them. */
export interface EngineInfo {
  Driver: string;
  OSType: string;
  CgroupVersion?: string;
  MemoryLimit: boolean;
  SwapLimit: boolean;
  CpuCfsQuota: boolean;
  PidsLimit: boolean;
  SecurityOptions?: string[];
  Runtimes?: Record<string, unknown>;
  SystemTime: string;
  ServerVersion: string;
}

export interface ContainerState {
  Status: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  Running: boolean;
  OOMKilled: boolean;
  ExitCode: number;
  Error: string;
}

export interface ContainerDetails {
  Id: string;
  Name: string;
  Created: string;
  State: ContainerState;
  Image: string;
  Config: { Labels: Record<string, string>; Image: string };
}

export interface ContainerSummary {
  Id: string;
  Names: string[];
  State: ContainerState['Status'];
  Status: string;
  Created: number;
  Labels: Record<string, string>;
}

export interface VolumeDetails {
  Name: string;
  CreatedAt?: string;
  Labels: Record<string, string> | null;
}

export interface ImageDetails {
  Id: string;
  Os: string;
  Architecture: string;
  Config: {
    User?: string;
    Env?: string[] | null;
    Cmd?: string[] | null;
    Entrypoint?: string[] | null;
    WorkingDir?: string;
    ExposedPorts?: Record<string, unknown> | null;
    Labels?: Record<string, string> | null;
  };
}

export interface ExecState {
  ID: string;
  Running: boolean;
  ExitCode: number | null;
  Pid: number;
}

export interface ContainerStats {
  cpu_stats: { cpu_usage: { total_usage: number } };
  memory_stats: { usage?: number; max_usage?: number; stats?: Record<string, number> };
  pids_stats?: { current?: number };
}

/** One line of the streams of build and pull. Failures come in lines of a reply with status 200. */
export interface ProgressLine {
  stream?: string;
  status?: string;
  error?: string;
  errorDetail?: { message?: string; code?: number };
  aux?: { ID?: string };
}

export interface ExecConfig {
  AttachStdin: boolean;
  AttachStdout: boolean;
  AttachStderr: boolean;
  Tty: false;
  Cmd: string[];
  Env: string[];
  WorkingDir: string;
  User: string;
  Privileged: false;
}

export interface Mount {
  Type: 'volume';
  Source: string;
  Target: string;
  ReadOnly: false;
  VolumeOptions: { NoCopy: boolean };
}

export interface HostConfig {
  Runtime?: string;
  NetworkMode: string;
  IpcMode: 'private';
  CgroupnsMode: 'private';
  Init: true;
  Privileged: false;
  ReadonlyRootfs: true;
  CapDrop: ['ALL'];
  SecurityOpt: string[];
  Memory: number;
  MemorySwap: number;
  NanoCpus: number;
  PidsLimit: number;
  ShmSize: number;
  Tmpfs: Record<string, string>;
  Mounts: Mount[];
  Sysctls: Record<string, string>;
  RestartPolicy: { Name: 'no' };
  LogConfig: { Type: string; Config: Record<string, string> };
  AutoRemove: false;
  OomKillDisable: false;
}

export interface ContainerConfig {
  Image: string;
  Hostname: string;
  User: string;
  WorkingDir: string;
  Entrypoint: string[];
  Cmd: string[];
  Env: string[];
  Labels: Record<string, string>;
  Healthcheck: { Test: ['NONE'] };
  StopSignal: 'SIGTERM';
  StopTimeout: number;
  AttachStdin: false;
  AttachStdout: false;
  AttachStderr: false;
  OpenStdin: false;
  Tty: false;
  HostConfig: HostConfig;
}
