import {
  exactly,
  filled,
  listOf,
  matching,
  maybe,
  natural,
  shaped,
  text,
  textMap,
  texts,
  type Shape,
} from './shape';

const flag = matching(/^(true|false|1|0)$/);
const number = matching(/^\d+$/);
const filters = matching(/^\{.*\}$/);
const BYTES = /size=\d+/;

/** A container that lacks one of these is a hole in the wall, so every creation must carry all of them. */
const hostConfig: Shape = {
  Runtime: maybe(filled),
  NetworkMode: exactly('none'),
  IpcMode: exactly('private'),
  CgroupnsMode: exactly('private'),
  Init: exactly(true),
  Privileged: exactly(false),
  ReadonlyRootfs: exactly(true),
  CapDrop: exactly(['ALL']),
  SecurityOpt: exactly(['no-new-privileges:true']),
  Memory: natural,
  MemorySwap: natural,
  NanoCpus: natural,
  PidsLimit: natural,
  ShmSize: natural,
  Tmpfs: shaped({
    '/tmp': (value) => typeof value === 'string' && BYTES.test(value) && value.includes('nosuid,nodev'),
  }),
  Mounts: listOf(
    shaped({
      Type: exactly('volume'),
      Source: filled,
      Target: matching(/^(\/app|\/home\/app)$/),
      ReadOnly: exactly(false),
      VolumeOptions: shaped({ NoCopy: exactly(false) }),
    }),
  ),
  Sysctls: exactly({ 'net.ipv6.conf.all.disable_ipv6': '0' }),
  RestartPolicy: exactly({ Name: 'no' }),
  LogConfig: exactly({ Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '1' } }),
  AutoRemove: exactly(false),
  OomKillDisable: exactly(false),
};

const containerConfig: Shape = {
  Image: filled,
  Hostname: exactly('sandbox'),
  User: exactly('1000:1000'),
  WorkingDir: exactly('/'),
  Entrypoint: texts,
  Cmd: texts,
  Env: listOf(matching(/^[A-Za-z_][A-Za-z0-9_.-]*=/)),
  Labels: textMap,
  Healthcheck: exactly({ Test: ['NONE'] }),
  StopSignal: exactly('SIGTERM'),
  StopTimeout: natural,
  ...Object.fromEntries(
    ['AttachStdin', 'AttachStdout', 'AttachStderr', 'OpenStdin', 'Tty'].map((name) => [name, exactly(false)]),
  ),
  HostConfig: shaped(hostConfig),
};

export interface RequestRule {
  method: string;
  /** Groups are the parameters. */
  path: RegExp;
  handler: string;
  query?: Shape;
  body?: Shape;
}

const NAME = '([A-Za-z0-9][A-Za-z0-9_.-]*)';
const rule = (
  method: string,
  path: string,
  handler: string,
  more: Partial<RequestRule> = {},
): RequestRule => ({
  method,
  path: new RegExp(`^${path}$`),
  handler,
  ...more,
});

/** Every request that the provider may send, and how it must look. Anything else is a fault of the provider. */
export const REQUEST_RULES: readonly RequestRule[] = [
  rule('GET', '/info', 'info'),
  rule('GET', '/events', 'events', {
    query: { since: matching(/^\d+\.\d+$/), until: matching(/^\d+\.\d+$/), filters },
  }),
  rule('GET', '/containers/json', 'listContainers', { query: { all: exactly('true'), filters } }),
  rule('POST', '/containers/create', 'createContainer', { query: { name: filled }, body: containerConfig }),
  rule('GET', `/containers/${NAME}/json`, 'inspectContainer'),
  rule('POST', `/containers/${NAME}/start`, 'startContainer'),
  rule('POST', `/containers/${NAME}/stop`, 'stopContainer', { query: { t: number } }),
  rule('POST', `/containers/${NAME}/restart`, 'restartContainer', { query: { t: number } }),
  rule('DELETE', `/containers/${NAME}`, 'removeContainer', { query: { force: flag, v: flag } }),
  rule('GET', `/containers/${NAME}/archive`, 'getArchive', { query: { path: matching(/^\//) } }),
  rule('GET', `/containers/${NAME}/stats`, 'stats', {
    query: { stream: exactly('false'), 'one-shot': exactly('true') },
  }),
  rule('POST', `/containers/${NAME}/exec`, 'createExec', {
    body: {
      AttachStdin: (value) => typeof value === 'boolean',
      AttachStdout: exactly(true),
      AttachStderr: exactly(true),
      Tty: exactly(false),
      Cmd: (value) => texts(value) && (value as string[]).length > 0,
      Env: texts,
      WorkingDir: exactly('/'),
      User: exactly('1000:1000'),
      Privileged: exactly(false),
    },
  }),
  rule('POST', `/exec/${NAME}/start`, 'startExec', { body: { Detach: exactly(false), Tty: exactly(false) } }),
  rule('GET', `/exec/${NAME}/json`, 'inspectExec'),
  rule('GET', '/volumes', 'listVolumes', { query: { filters } }),
  rule('POST', '/volumes/create', 'createVolume', {
    body: { Name: filled, Driver: exactly('local'), DriverOpts: maybe(textMap), Labels: textMap },
  }),
  rule('DELETE', `/volumes/${NAME}`, 'removeVolume', { query: { force: maybe(flag) } }),
  rule('GET', '/images/json', 'listImages', { query: { filters } }),
  rule('GET', '/images/(.+)/json', 'inspectImage'),
  rule('POST', '/images/create', 'pullImage', { query: { fromImage: matching(/[:@]/) } }),
  rule('DELETE', '/images/(.+)', 'removeImage', { query: { force: flag } }),
  rule('POST', '/build', 'build', {
    query: {
      t: filled,
      dockerfile: filled,
      version: exactly('1'),
      rm: flag,
      forcerm: flag,
      labels: filters,
      networkmode: maybe(matching(/^(none|container:.+)$/)),
      buildargs: maybe(filters),
      ...Object.fromEntries(
        ['memory', 'memswap', 'cpuperiod', 'cpuquota'].map((name) => [name, maybe(number)]),
      ),
    },
  }),
];

/** Text that is not in the shape although each field is: limits without swap, and owners by label. */
export function containerFaults(body: {
  HostConfig: { Memory: number; MemorySwap: number };
  Labels: Record<string, string>;
}): string[] {
  const faults = body.HostConfig.MemorySwap === body.HostConfig.Memory ? [] : ['swap is not limited'];
  const owned =
    text(body.Labels['dev.showrunner.installation']) && text(body.Labels['dev.showrunner.sandbox']);
  return owned ? faults : [...faults, 'the container is nobody’s'];
}
