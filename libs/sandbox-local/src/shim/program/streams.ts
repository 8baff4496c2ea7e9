import { connect, type Socket } from 'node:net';

const LONGEST_HEADER = 16;

/** Carries bytes both ways until both sides have ended. */
export function join(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroySoon());
    from.pipe(to);
  }
}

/** A stream of the host whose first line is a port: carried to that port inside. Answers `ok`, `refused` or `invalid` first. */
export function onInbound(outer: Socket): void {
  let header = Buffer.alloc(0);
  outer.on('error', () => outer.destroy());
  const onData = (chunk: Buffer) => {
    header = Buffer.concat([header, chunk]);
    const end = header.indexOf('\n');
    if (end < 0 && header.length < LONGEST_HEADER) return;
    outer.off('data', onData);
    outer.pause();
    const port = Number(header.subarray(0, Math.max(end, 0)).toString('latin1'));
    if (!Number.isInteger(port) || port < 1 || port > 65535) return void outer.end('invalid\n');
    reach(outer, port, ['127.0.0.1', '::1'], header.subarray(end + 1));
  };
  outer.on('data', onData);
}

/** Dev servers listen on either loopback address, some on one only. */
function reach(outer: Socket, port: number, hosts: readonly string[], first: Buffer): void {
  const [host, ...others] = hosts;
  if (host === undefined) return void outer.end('refused\n');
  const inner = connect({ host, port, allowHalfOpen: true, noDelay: true });
  const onRefused = () => {
    inner.destroy();
    reach(outer, port, others, first);
  };
  inner.once('error', onRefused);
  inner.once('connect', () => {
    inner.off('error', onRefused);
    outer.write('ok\n');
    if (first.length > 0) inner.write(first);
    join(outer, inner);
  });
}
