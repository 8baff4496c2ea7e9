import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { freePort } from '@showrunner/contracts/testing';
import { Duplex } from 'node:stream';
import type { ContainerCommands } from '../commands/container-commands';
import { NODE_BRIDGE } from './bridge-node.text';
import { PERL_BRIDGE } from './bridge-perl.text';
import { PYTHON_BRIDGE } from './bridge-python.text';
import { Tunnel } from './tunnel';

const BRIDGES: [string, string[]][] = [
  ['Node.js', ['node', '-e', NODE_BRIDGE]],
  ['Perl', ['perl', '-e', PERL_BRIDGE]],
  ['Python', ['python3', '-u', '-c', PYTHON_BRIDGE]],
];

/** The program as an exec that is attached to: its output comes in frames of the engine. */
function attached(child: ChildProcess): Duplex {
  const socket = new Duplex({
    read: () => child.stdout?.resume(),
    write: (chunk, _encoding, done) => void child.stdin?.write(chunk, () => done()),
    final: (done) => void child.stdin?.end(() => done()),
    destroy: (error, done) => {
      child.stdin?.destroy();
      done(error);
    },
  });
  child.stdout?.on('data', (chunk: Buffer) => {
    const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
    header.writeUInt32BE(chunk.length, 4);
    if (!socket.push(Buffer.concat([header, chunk]))) child.stdout?.pause();
  });
  child.stdout?.on('end', () => socket.push(null));
  child.stdin?.on('error', () => undefined);
  return socket;
}

async function collect(stream: Duplex): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe.each(BRIDGES)('a tunnel over the bridge of %s', (_language, [file = '', ...args]) => {
  const servers: Server[] = [];
  const children: ChildProcess[] = [];
  const tunnels: Tunnel[] = [];
  afterEach(async () => {
    for (const tunnel of tunnels.splice(0)) tunnel.close();
    for (const child of children.splice(0)) if (child.exitCode === null) await once(child, 'exit');
    for (const server of servers.splice(0)) server.close();
  });
  const open = async () => {
    const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    const commands = { attach: () => Promise.resolve({ execId: '', socket: attached(child) }) };
    const tunnel = await Tunnel.open(commands as unknown as ContainerCommands);
    tunnels.push(tunnel);
    return { tunnel, child };
  };
  /** Answers with what it got, once the other side has ended. */
  const echo = async (host = '127.0.0.1') => {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      const chunks: Buffer[] = [];
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('end', () => socket.end(Buffer.concat(chunks)));
      socket.on('error', () => undefined);
    });
    servers.push(server);
    server.listen(0, host);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };

  it('carries many streams at once, each way closed by itself', async () => {
    const { tunnel } = await open();
    const port = await echo();
    await Promise.all(
      [0, 1, 100, 70_000, 3_000_000].map(async (bytes) => {
        const stream = await tunnel.connect(port);
        const sent = Buffer.alloc(bytes, 'abcdefg');
        stream.end(sent);
        expect((await collect(stream)).equals(sent)).toBe(true);
      }),
    );
    await expect(tunnel.connect(await freePort())).rejects.toMatchObject({ code: 'port_refused' });
    await expect(tunnel.connect(0)).rejects.toMatchObject({ code: 'port_invalid' });
  });

  it('does not let a slow reader hold up the others', async () => {
    const { tunnel } = await open();
    const port = await echo();
    const slow = await tunnel.connect(port);
    slow.end(Buffer.alloc(5_000_000, 'x'));
    const quick = await tunnel.connect(port);
    quick.end('quick');
    expect((await collect(quick)).toString()).toBe('quick');
    expect((await collect(slow)).length).toBe(5_000_000);
  });

  it('leads programs inside out while it listens, and cuts them off after', async () => {
    const { tunnel } = await open();
    const outside = await echo();
    tunnel.onOutward = (stream) => {
      const socket = connect({ port: outside, host: '127.0.0.1', allowHalfOpen: true });
      stream.pipe(socket).pipe(stream);
    };
    const port = await freePort();
    expect(await tunnel.listen(port)).toBe(true);
    const inside = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const sent = Buffer.alloc(1_000_000, 'y');
    inside.end(sent);
    expect((await collect(inside)).equals(sent)).toBe(true);
    const other = await open();
    expect(await other.tunnel.listen(port)).toBe(false);
    const open2 = connect({ port, host: '127.0.0.1' });
    await once(open2, 'connect');
    open2.on('error', () => undefined);
    const closed = once(open2, 'close');
    await tunnel.unlisten();
    await closed;
    const [error] = (await once(connect({ port, host: '127.0.0.1' }), 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });

  it('ends with its caller, and its streams with it', async () => {
    const { tunnel, child } = await open();
    const stream = await tunnel.connect(await echo());
    const ended = once(child, 'exit');
    const closed = once(stream, 'close');
    tunnel.close();
    await Promise.all([ended, closed]);
    expect(tunnel.closed).toBe(true);
    const again = await open();
    const other = await again.tunnel.connect(await echo());
    const lost = once(other, 'close');
    again.child.kill('SIGKILL');
    await lost;
    await expect(again.tunnel.connect(1)).rejects.toMatchObject({ retryable: true });
  });
});
