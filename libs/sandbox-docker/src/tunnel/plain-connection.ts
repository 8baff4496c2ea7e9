import { Duplex } from 'node:stream';
import { AppError, InvalidInputError } from '@showrunner/contracts';
import type { ContainerCommands } from '../commands/container-commands';
import { drain } from '../commands/run-exec';
import { capabilityMissing } from '../docker-errors';

const [CONNECTED, REFUSED, MISSING] = ['+', '-', '?'];
/** Tells by one byte how it went, as netcat tells nothing of a connection that was made. */
const RELAY = `
hex=$(printf %04X "$1")
grep -qi ":$hex [0-9A-F]*:[0-9A-F]* 0A" /proc/net/tcp /proc/net/tcp6 2>/dev/null || { printf %s '${REFUSED}'; exit 0; }
if command -v busybox >/dev/null 2>&1 && busybox nc --help >/dev/null 2>&1; then set -- busybox nc 127.0.0.1 "$1"
elif command -v nc >/dev/null 2>&1; then set -- nc 127.0.0.1 "$1"
else printf %s '${MISSING}'; exit 0; fi
printf %s '${CONNECTED}'
exec "$@"
`;

/**
 * A raw stream to a TCP port inside of a container whose image has nothing that the bridge could run on, as those based on Alpine: one exec
 * of its netcat a connection. There is no way out by it. When the app ends its half, so does the other.
 * @throws AppError `port_refused` (retryable), `sandbox_capability_missing`, `port_invalid`, and what `attach` throws
 */
export async function connectPlainly(commands: ContainerCommands, port: number): Promise<Duplex> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new InvalidInputError('port_invalid', `${port} is not a TCP port.`);
  const { socket } = await commands.attach({
    argv: ['/bin/sh', '-c', RELAY, 'showrunner', String(port)],
    stdin: true,
  });
  const stream = new Duplex({
    read: () => void socket.resume(),
    write: (chunk: Buffer, _encoding, done) => void socket.write(chunk, done),
    final: (done) => void socket.end(() => done()),
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  const answer = await new Promise<string | undefined>((resolve) => {
    let told = false;
    drain(socket, (kind, payload) => {
      if (kind !== 'stdout') return;
      const data = told ? payload : payload.subarray(1);
      if (!told) resolve(String.fromCharCode(payload[0] ?? 0));
      told = true;
      if (data.length > 0 && !stream.push(Buffer.from(data))) socket.pause();
    }).then(
      () => (resolve(undefined), stream.push(null)),
      (error: Error) => (resolve(undefined), stream.destroy(error)),
    );
  });
  if (answer === CONNECTED) return stream;
  stream.on('error', () => undefined).destroy();
  if (answer === MISSING) throw unreachable();
  if (answer === REFUSED)
    throw new AppError('port_refused', `Nothing listens on port ${port} in the sandbox.`, {
      status: 502,
      retryable: true,
    });
  await commands.requireRunning();
  throw new AppError('port_timeout', 'The port did not answer.', { status: 504, retryable: true });
}

/** Nothing in the image carries a connection. */
export const unreachable = (): AppError =>
  capabilityMissing(
    'The ports and the network of this sandbox cannot be reached.',
    'Use an image with Python 3, Node.js or Perl, as those based on Debian have; for ports alone busybox or netcat will do.',
  );
