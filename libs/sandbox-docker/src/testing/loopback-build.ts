import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { Sandbox, SandboxProvider } from '@showrunner/sandbox';
import type { LoopbackContainer, LoopbackImage } from './loopback-container';
import { image } from './loopback-image';

const FOLDERS = [
  ['/app', '/', 'app'],
  ['/home/app', '/home', 'app'],
] as const;

const GZIP = 0x1f8b;
const argvOf = (text: string): string[] =>
  text.startsWith('[') ? (JSON.parse(text) as string[]) : ['/bin/sh', '-c', text];

/** Of the engine's state, what the builder needs. */
interface BuildState {
  local: SandboxProvider;
  images: LoopbackImage[];
  container(name: string): LoopbackContainer;
}

/** The classic builder, as far as the provider and its tests need it: steps run in a local sandbox, what they leave in /app is the image. */
export async function* buildLoopbackImage(
  state: BuildState,
  query: Record<string, string>,
  context: Buffer,
): AsyncGenerator<object> {
  const fail = (message: string) => ({ errorDetail: { code: 1, message }, error: message });
  const limits = { cpus: 1, memoryBytes: 512 * 1024 ** 2, diskBytes: 256 * 1024 ** 2, maxProcesses: 256 };
  const shared = /^container:(.+)$/.exec(query.networkmode ?? '')?.[1];
  const own = shared === undefined;
  const box: Sandbox | undefined = own
    ? await state.local.create({ id: `b-${randomBytes(6).toString('hex')}`, limits, labels: {} })
    : state.container(shared).inside;
  if (box === undefined) return yield fail(`container ${shared} is not running`);
  try {
    const tar = context.readUInt16BE(0) === GZIP ? gunzipSync(context) : context;
    await box.exec('rm -rf /tmp/context && mkdir /tmp/context && tar -xf - -C /tmp/context', { stdin: tar });
    const { stdout: dockerfile, exitCode } = await box.exec(['cat', `/tmp/context/${query.dockerfile}`]);
    if (exitCode !== 0) return yield fail(`Cannot locate specified Dockerfile: ${query.dockerfile}`);
    let base: LoopbackImage | undefined;
    let cwd = '/';
    let run: LoopbackImage['run'] = {};
    const env: Record<string, string> = {};
    const given = JSON.parse(query.buildargs ?? '{}') as Record<string, string>;
    const steps = dockerfile
      .replaceAll('\\\n', ' ')
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('#'));
    for (const [index, step] of steps.entries()) {
      yield { stream: `Step ${index + 1}/${steps.length} : ${step}\n` };
      const [word = '', ...others] = step.trim().split(/\s+/);
      const rest = step.trim().slice(word.length).trim();
      switch (word.toUpperCase()) {
        case 'FROM':
          base = state.images.find(({ tags, id }) => tags.includes(rest) || id === rest);
          if (base === undefined)
            return yield fail(`pull access denied for ${rest}, repository does not exist`);
          run = { ...base.run };
          Object.assign(env, Object.fromEntries(base.env.map((pair) => pair.split(/=(.*)/s, 2))));
          for (const [path, parent] of FOLDERS)
            if (base.folders.has(path))
              await box.exec(['tar', '-xpf', '-', '-C', parent], { cwd: '/', stdin: base.folders.get(path) });
          break;
        case 'WORKDIR':
          cwd = run.WorkingDir = rest;
          await box.exec(['mkdir', '-p', cwd], { cwd: '/' });
          break;
        case 'COPY':
          await box.exec(`cp -a -- /tmp/context/${others[0]} ${others[1]}`, { cwd });
          break;
        case 'ENV':
          env[rest.slice(0, rest.indexOf('='))] = rest.slice(rest.indexOf('=') + 1);
          break;
        case 'CMD':
          run.Cmd = argvOf(rest);
          break;
        case 'ENTRYPOINT':
          [run.Entrypoint, run.Cmd] = [argvOf(rest), []];
          break;
        case 'EXPOSE':
          for (const port of others)
            run.ExposedPorts = { ...run.ExposedPorts, [port.includes('/') ? port : `${port}/tcp`]: {} };
          break;
        case 'RUN': {
          if (base?.hasShell === false)
            return yield fail(
              'failed to create shim task: exec: "/bin/sh": stat /bin/sh: no such file or directory: unknown',
            );
          const argv = argvOf(rest);
          const done = await box.exec(argv, { cwd, env: { ...env, ...given } });
          if (done.stdout !== '') yield { stream: done.stdout };
          if (done.stderr !== '') yield { stream: done.stderr };
          if (done.exitCode !== 0)
            return yield fail(
              `The command '${argv.slice(0, 2).join(' ')} ${argv[2]?.slice(0, 60)}' returned a non-zero code: ${done.exitCode}`,
            );
          break;
        }
        case 'USER':
        case 'SHELL':
        case 'LABEL':
          break;
        default:
          return yield fail(`dockerfile parse error line ${index + 1}: unknown instruction: ${word}`);
      }
    }
    const built = image(query.t ?? '', {
      labels: { ...base?.labels, ...(JSON.parse(query.labels ?? '{}') as Record<string, string>) },
      env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
      run,
    });
    for (const [path, parent, name] of FOLDERS) {
      const chunks: Buffer[] = [];
      await box.exec(['tar', '-cf', '-', '-C', parent, name], {
        cwd: '/',
        onOutput: (stream, chunk) => void (stream === 'stdout' && chunks.push(Buffer.from(chunk))),
      });
      built.folders.set(path, Buffer.concat(chunks));
    }
    for (const known of state.images) known.tags = known.tags.filter((tag) => tag !== query.t);
    state.images.push(built);
    yield { aux: { ID: built.id } };
    yield { stream: `Successfully built ${built.id.slice(7, 19)}\nSuccessfully tagged ${query.t}\n` };
  } finally {
    if (own) await box.destroy();
  }
}
