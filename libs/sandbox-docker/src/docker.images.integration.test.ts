import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { waitFor } from '@showrunner/sandbox/testing/wait-for';
import { entry, tarOf } from '@showrunner/sandbox/testing/tar-of';
import { image } from './testing/loopback-image';
import { describeDocker } from './testing/docker-fixture';

const context = (...files: Buffer[]) => ({
  kind: 'dockerfile' as const,
  context: () => Promise.resolve(Readable.from([tarOf(...files)])),
});

const sites: Server[] = [];
afterAll(() => sites.forEach((site) => site.close()));

describeDocker('images of sandboxes', (bench) => {
  const base = () => bench.engine.image ?? 'node:20-bookworm';
  const build = (...steps: string[]) =>
    context(
      entry('Dockerfile', { content: [`FROM ${base()}`, ...steps, ''].join('\n') }),
      entry('server.js', { content: 'hello' }),
    );

  it('are built from a Dockerfile, belong to the user of the sandbox, and go with it', async () => {
    const sandbox = await bench.create({
      image: build('WORKDIR /app', 'COPY server.js /app/', 'RUN echo made > /app/made'),
    });
    const done = await sandbox.exec(
      'cat server.js made; echo more >> server.js; stat -c %U:%a . | cut -d: -f2; id -u',
    );
    expect(done).toMatchObject({ exitCode: 0, stdout: 'hellomade\n755\n1000\n' });
    await sandbox.archive();
    await sandbox.start();
    expect((await sandbox.exec('cat server.js')).stdout).toBe('hellomore\n');
    await sandbox.destroy();
  });

  it('say how they are run, also to others and after an archive', async () => {
    const sandbox = await bench.create({
      image: build(
        'WORKDIR /app',
        'ENV GREETING=hello=you',
        'EXPOSE 8080 53/udp',
        'EXPOSE 443/tcp',
        'ENTRYPOINT ["node"]',
        'CMD ["it\'s.js", "--web"]',
      ),
    });
    const facts = {
      entrypoint: ['node'],
      command: ["it's.js", '--web'],
      workdir: '/app',
      environment: expect.objectContaining({ GREETING: 'hello=you', PATH: expect.any(String) }),
      ports: [443, 8080],
    };
    expect((await sandbox.info()).image).toEqual(facts);
    expect((await sandbox.exec('echo $GREETING')).stdout).toBe('hello=you\n');
    await sandbox.archive();
    const other = await bench.open();
    expect((await other.list()).find(({ id }) => id === sandbox.id)?.image).toEqual(facts);
    await sandbox.start();
    expect((await (await other.get(sandbox.id))?.info())?.image).toEqual(facts);
    await sandbox.destroy();
    const shell = await bench.create({ image: build('CMD echo $HOME') });
    expect((await shell.info()).image).toMatchObject({ command: ['/bin/sh', '-c', 'echo $HOME'], ports: [] });
    await shell.destroy();
    const own = await bench.create();
    expect((await own.info()).image).toBeUndefined();
    await own.destroy();
  });

  it('say in their last lines why a build failed', async () => {
    const failing = bench.create({ image: build('RUN echo what is wrong && exit 9', 'RUN echo never') });
    await expect(failing).rejects.toMatchObject({
      code: 'image_build_failed',
      message: expect.stringMatching(/what is wrong[\s\S]*returned a non-zero code: 9/),
    });
    const odd = bench.create({ image: build('NONSENSE x') });
    await expect(odd).rejects.toMatchObject({
      code: 'image_build_failed',
      message: expect.stringContaining('NONSENSE'),
    });
    const missing = bench.create({ image: { ...context(entry('x', {})), dockerfile: 'Dockerfile' } });
    await expect(missing).rejects.toMatchObject({ code: 'image_build_failed' });
    expect((await bench.provider.list()).length).toBe(0);
  });

  it('have steps without a network, or with that of the operator’s policy', async () => {
    const site: Server = createServer((_request, response) => response.end('from the registry'));
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
    sites.push(site);
    const { port } = site.address() as AddressInfo;
    const step = `RUN mkdir -p /app && curl -sS -m 5 --noproxy none http://127.0.0.1:${port}/ > /app/fetched`;
    await expect(bench.create({ image: build(step) })).rejects.toMatchObject({ code: 'image_build_failed' });
    const network = { mode: 'allow' as const, hosts: [], privateHosts: [`127.0.0.1:${port}`] };
    const said: string[] = [];
    const onOutput = (text: string) => void said.push(text);
    const sandbox = await bench.create({ image: { ...build(step), network, onOutput } });
    expect(said.join('')).toContain(` : ${step}`);
    expect((await sandbox.exec('cat /app/fetched')).stdout).toBe('from the registry');
    expect((await sandbox.exec('env | grep -ci proxy')).stdout.trim()).toBe('0');
    await sandbox.destroy();
  });

  const NETCAT = `#!node
const socket = require('net').connect({ host: process.argv[2], port: Number(process.argv[3]), allowHalfOpen: true });
process.stdin.pipe(socket).pipe(process.stdout);
socket.on('end', () => setTimeout(() => process.exit(0), 50));
`;
  const ECHO = `require('net').createServer({ allowHalfOpen: true }, (socket) => {
    let bytes = 0;
    socket.on('data', (chunk) => { bytes += chunk.length; socket.write(chunk); });
    socket.on('end', () => socket.end(' ' + bytes));
  }).listen(4000)`;
  /** Programs that are not on its PATH are, for the provider, not in the image. */
  const bare = (...more: string[]) => {
    const needed = 'cat chown dd env grep mkdir mkfifo mv rm rmdir sh sleep sort tail tar wc chmod';
    const steps = [
      `FROM ${base()}`,
      'RUN mkdir -p /app/bin',
      'COPY nc /app/bin/netcat',
      'RUN sed -i "1s|node|$(command -v node)|" /app/bin/netcat && chmod 755 /app/bin/netcat && ln -s $(command -v node) /app/runtime',
      `RUN for tool in ${[needed, ...more].join(' ')}; do ln -s $(command -v $tool) /app/bin/$tool; done`,
      'ENV PATH=/app/bin',
    ];
    return context(
      entry('Dockerfile', { content: `${steps.join('\n')}\n` }),
      entry('nc', { content: NETCAT }),
    );
  };

  it.each([
    ['Perl alone', ['perl'], true],
    ['netcat alone', [], false],
  ])('have ports that are reached where there is %s', async (_what, more, hasBridge) => {
    const sandbox = await bench.create({ image: bare(...more) });
    if (!hasBridge) await sandbox.exec('mv /app/bin/netcat /app/bin/nc');
    expect((await sandbox.exec('command -v node python3')).stdout).toBe('');
    await sandbox.startProcess('echo', `exec /app/runtime -e "${ECHO}"`);
    await waitFor('its port', async () => (await sandbox.listeningPorts()).some(({ port }) => port === 4000));
    const sent = randomBytes(3_000_000);
    const streams = await Promise.all([1, 2, 3].map(() => sandbox.connect(4000)));
    const echoed = await Promise.all(streams.map((stream) => (stream.end(sent), buffer(stream))));
    for (const one of echoed) expect(one.equals(Buffer.concat([sent, Buffer.from(' 3000000')]))).toBe(true);
    await expect(sandbox.connect(4001)).rejects.toMatchObject({ code: 'port_refused' });
    const phase = sandbox.withNetwork({ mode: 'allow', hosts: [] }, () =>
      sandbox.exec('env | grep -c PROXY'),
    );
    if (hasBridge) expect((await phase).value.stdout).not.toBe('0\n');
    else await expect(phase).rejects.toMatchObject({ code: 'sandbox_capability_missing' });
    await sandbox.destroy();
  });

  it('say what to do when nothing in them reaches a port', async () => {
    const sandbox = await bench.create({ image: bare() });
    await sandbox.startProcess('echo', `exec /app/runtime -e "${ECHO}"`);
    await waitFor('its port', async () => (await sandbox.listeningPorts()).some(({ port }) => port === 4000));
    await expect(sandbox.connect(4000)).rejects.toMatchObject({
      code: 'sandbox_capability_missing',
      remedy: expect.stringContaining('netcat'),
    });
    await sandbox.destroy();
  });

  it('that cannot hold a sandbox, or do not exist, are told apart', async () => {
    const create = (reference: string) => bench.create({ image: { kind: 'registry', reference } });
    await expect(create('showrunner-test/no-shell:1')).rejects.toMatchObject({
      code: 'sandbox_start_failed',
      message: expect.stringContaining('it has no /bin/sh'),
      retryable: false,
    });
    await expect(create('not a name')).rejects.toMatchObject({ code: 'image_reference_invalid' });
    await expect(create('localhost:1/no-such-image:1')).rejects.toMatchObject({
      code: expect.stringMatching(/^image_not_(found|reachable)$/),
    });
    expect((await bench.provider.list()).length).toBe(0);
  });
});

describeDocker(
  'images of a registry',
  (bench) => {
    beforeAll(() => {
      const { registry } = bench.engine.loopback!.state;
      registry.set('there:1', image('there:1'));
      registry.set('windows:1', image('windows:1', { os: 'windows' }));
      registry.set(
        'secret:1',
        'pull access denied for secret, repository does not exist or may require docker login',
      );
      registry.set('far:1', 'Get "https://far/v2/": dial tcp: lookup far: no such host');
      registry.set('busy:1', 'toomanyrequests: You have reached your pull rate limit');
      registry.set('big:1', 'write /var/lib/docker/tmp/x: no space left on device');
    });

    it.each([
      ['windows:1', 'sandbox_start_failed'],
      ['secret:1', 'image_not_found'],
      ['nowhere:1', 'image_not_found'],
      ['far:1', 'image_not_reachable'],
      ['busy:1', 'sandbox_rate_limited'],
      ['big:1', 'sandbox_quota'],
    ])('pulling %s gives %s', async (reference, code) => {
      await expect(bench.create({ image: { kind: 'registry', reference } })).rejects.toMatchObject({ code });
    });

    it('are pulled once, and prepared once', async () => {
      const made = await Promise.all(
        [1, 2, 3].map(() => bench.create({ image: { kind: 'registry', reference: 'there:1' } })),
      );
      expect((await made[0]!.exec('echo fine')).stdout).toBe('fine\n');
      const { requests } = bench.engine.loopback!;
      expect(requests.filter((line) => line.startsWith('POST /build'))).toHaveLength(1);
      await Promise.all(made.map((sandbox) => sandbox.destroy()));
      expect(bench.engine.loopback!.state.containers.size).toBe(0);
      expect(bench.engine.loopback!.state.volumes.size).toBe(0);
    });
  },
  'loopback',
);
