import type { ImageFacts, SandboxLimits } from '@showrunner/contracts';
import { BASE_ENVIRONMENT } from '@showrunner/sandbox/provider';
import type { ContainerConfig, HostConfig, Mount } from '../engine/engine.types';
import { LABEL } from './names';

export const SANDBOX_USER = '1000:1000';
const TMP_BYTES = 1024 ** 3;

export interface ContainerOptions {
  id: string;
  installation: string;
  image: string;
  facts?: ImageFacts;
  limits: SandboxLimits;
  environment: Record<string, string>;
  createdAt: string;
  /** Without: nothing in it can be written but its temporary folders. */
  volumes?: { app: string; home: string };
  /** Runtime of the engine, e.g. `runsc`; undefined: its default. */
  runtime?: string;
}

/** Everything a sandbox's container is made with. There is no way to make one with less. */
export function containerConfig(options: ContainerOptions): ContainerConfig {
  return {
    Image: options.image,
    Hostname: 'sandbox',
    User: SANDBOX_USER,
    WorkingDir: '/',
    Entrypoint: ['/bin/sh', '-c'],
    // Ends at once when it is told to; what runs besides it is an exec.
    Cmd: ['exec sleep 2147483647'],
    Env: assignments({ ...BASE_ENVIRONMENT, SANDBOX_ID: options.id, ...options.environment }),
    Labels: {
      [LABEL.installation]: options.installation,
      [LABEL.sandbox]: options.id,
      [LABEL.created]: options.createdAt,
      [LABEL.limits]: JSON.stringify(options.limits),
      [LABEL.environment]: JSON.stringify(options.environment),
      ...(options.facts === undefined ? {} : { [LABEL.image]: JSON.stringify(options.facts) }),
    },
    // What an image says about checks and signals is not obeyed.
    Healthcheck: { Test: ['NONE'] },
    StopSignal: 'SIGTERM',
    StopTimeout: 5,
    AttachStdin: false,
    AttachStdout: false,
    AttachStderr: false,
    OpenStdin: false,
    Tty: false,
    HostConfig: hostConfig(options),
  };
}

export function hostConfig({ limits, volumes, runtime }: ContainerOptions): HostConfig {
  // Both are memory, which the memory limit counts; the sizes keep them from filling all of it.
  const tmpBytes = Math.min(TMP_BYTES, Math.floor(limits.memoryBytes / 2));
  return {
    ...(runtime === undefined ? {} : { Runtime: runtime }),
    NetworkMode: 'none',
    IpcMode: 'private',
    CgroupnsMode: 'private',
    Init: true,
    Privileged: false,
    ReadonlyRootfs: true,
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges:true'],
    Memory: limits.memoryBytes,
    MemorySwap: limits.memoryBytes,
    NanoCpus: Math.round(limits.cpus * 1e9),
    PidsLimit: limits.maxProcesses,
    ShmSize: tmpBytes,
    Tmpfs: { '/tmp': `rw,exec,nosuid,nodev,size=${tmpBytes},mode=1777` },
    Mounts: volumes === undefined ? [] : [mount(volumes.app, '/app'), mount(volumes.home, '/home/app')],
    // Without it `localhost` has an address that cannot be listened on.
    Sysctls: { 'net.ipv6.conf.all.disable_ipv6': '0' },
    RestartPolicy: { Name: 'no' },
    LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '1' } },
    AutoRemove: false,
    OomKillDisable: false,
  };
}

/** A new volume takes over owner and content of the folder that it is mounted on. */
function mount(source: string, target: string): Mount {
  return {
    Type: 'volume',
    Source: source,
    Target: target,
    ReadOnly: false,
    VolumeOptions: { NoCopy: false },
  };
}

export function assignments(environment: Record<string, string>): string[] {
  return Object.entries(environment).map(([name, value]) => `${name}=${value}`);
}
