import type { Server } from 'node:net';
import { EnvironmentError } from '@showrunner/contracts';

/** Resolves once a server listens. @throws {EnvironmentError} `port_in_use`, `address_unavailable` */
export async function listen(
  server: Server,
  { name, host, port }: { name: string; host: string; port: number },
): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new EnvironmentError('port_in_use', `Port ${port} on ${host} is in use; ${name} needs it.`, {
        remedy: `End what listens there, or set another port for ${name} (.env.example names the variable).`,
        cause,
      });
    }
    throw new EnvironmentError('address_unavailable', `${name} cannot listen on ${host}:${port}.`, {
      remedy: 'Set BIND_HOST to an address of this machine and the port to one above 1023.',
      cause,
    });
  }
}
