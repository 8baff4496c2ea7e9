import { execFileSync } from 'node:child_process';
import { createServer, connect, type Server } from 'node:net';

/** A host of the test: reached under its own address, and reaching the others through the bridge. */
export interface NamespacedHost {
  name: string;
  address: string;
  /** Words before a command that is to run on it. Mounts and processes stay those of the machine. */
  enter: readonly string[];
}

const ip = (...args: string[]): void => {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'inherit'] });
};

/** Hosts in network namespaces of their own on one bridge of this machine, on which the ports of shared services are offered. */
export class HostNetwork {
  private readonly hosts: NamespacedHost[] = [];
  private readonly offers: Server[] = [];
  private readonly bridge: string;
  private readonly subnet: string;

  private constructor(owner: number) {
    this.bridge = `srb${owner}`;
    this.subnet = `10.231.${owner % 250}`;
  }

  /** @param owner process id: networks of different owners do not meet */
  static create(owner: number): HostNetwork {
    const network = new HostNetwork(owner);
    ip('link', 'add', network.bridge, 'type', 'bridge');
    ip('address', 'add', `${network.gateway}/24`, 'dev', network.bridge);
    ip('link', 'set', network.bridge, 'up');
    return network;
  }

  /** Where the shared services are, seen from the hosts. */
  get gateway(): string {
    return `${this.subnet}.1`;
  }

  addHost(role: string): NamespacedHost {
    const n = this.hosts.length + 2;
    const name = `${this.bridge}-${role}`;
    const address = `${this.subnet}.${n}`;
    // Names of links have 15 characters at most.
    const [outside, inside] = [`${this.bridge}o${n}`, `${this.bridge}i${n}`];
    ip('netns', 'add', name);
    const host = { name, address, enter: ['nsenter', `--net=/run/netns/${name}`, '--'] };
    this.hosts.push(host);
    ip('link', 'add', outside, 'type', 'veth', 'peer', 'name', inside, 'netns', name);
    ip('link', 'set', outside, 'master', this.bridge, 'up');
    ip('-n', name, 'address', 'add', `${address}/24`, 'dev', inside);
    ip('-n', name, 'link', 'set', inside, 'up');
    ip('-n', name, 'link', 'set', 'lo', 'up');
    return host;
  }

  /** Lets the hosts reach a service that listens on this machine's loopback, under the same port. */
  async offer(port: number): Promise<void> {
    const server = createServer((near) => {
      const far = connect(port, '127.0.0.1');
      near.on('error', () => far.destroy()).on('close', () => far.destroy());
      far.on('error', () => near.destroy()).on('close', () => near.destroy());
      near.pipe(far).pipe(near);
    });
    this.offers.push(server);
    await new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen(port, this.gateway, resolve),
    );
  }

  remove(): void {
    for (const server of this.offers) server.close();
    for (const { name } of this.hosts) ip('netns', 'delete', name);
    ip('link', 'delete', this.bridge);
  }
}
