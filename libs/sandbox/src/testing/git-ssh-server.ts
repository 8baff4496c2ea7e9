import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Server, utils, type AuthContext, type Connection, type ServerChannel } from 'ssh2';

interface KeyPair {
  /** OpenSSH form. */
  private: string;
  /** `ssh-ed25519 AAAA…` */
  public: string;
}

/**
 * A Git server over SSH on loopback for tests: opens with `key` alone, and serves the bare repositories of a folder, each as `/<name>.git`, by
 * `git upload-pack`.
 */
export class TestGitSshServer {
  readonly key: KeyPair = utils.generateKeyPairSync('ed25519', {});
  /** Of nobody here. */
  readonly otherKey: KeyPair = utils.generateKeyPairSync('ed25519', {});
  /** What was asked to be run, in order. */
  readonly commands: string[] = [];
  private readonly hostKey: KeyPair = utils.generateKeyPairSync('ed25519', {});
  private readonly connections = new Set<Connection>();
  private readonly server = new Server({ hostKeys: [this.hostKey.private] }, (one) => this.serve(one));

  private constructor(private readonly root: string) {}

  /** @param root folder of the bare repositories */
  static async start(root: string): Promise<TestGitSshServer> {
    const server = new TestGitSshServer(root);
    server.server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    return server;
  }

  async stop(): Promise<void> {
    for (const one of this.connections) one.end();
    this.server.close();
    await once(this.server, 'close');
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** As `ssh-keygen -lf` prints it. */
  get fingerprint(): string {
    const blob = Buffer.from(this.hostKey.public.split(' ')[1] ?? '', 'base64');
    return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
  }

  url(path: string): string {
    return `ssh://git@${this.host}/${path}`;
  }

  private serve(connection: Connection): void {
    this.connections.add(connection);
    connection.on('close', () => this.connections.delete(connection));
    // A client that breaks off, or does not like the host key.
    connection.on('error', () => connection.end());
    connection.on('authentication', (attempt) => (this.opens(attempt) ? attempt.accept() : attempt.reject()));
    connection.on('session', (accept) => {
      accept().on('exec', (take, _reject, { command }) => this.run(take(), command));
    });
  }

  private opens(attempt: AuthContext): boolean {
    if (attempt.method !== 'publickey' || attempt.username !== 'git') return false;
    const known = utils.parseKey(this.key.public);
    if (known instanceof Error || !known.getPublicSSH().equals(attempt.key.data)) return false;
    // Without a signature the client only asks whether the key would do.
    if (attempt.signature === undefined || attempt.blob === undefined) return true;
    return known.verify(attempt.blob, attempt.signature, attempt.hashAlgo) === true;
  }

  private run(channel: ServerChannel, command: string): void {
    this.commands.push(command);
    const name = /^git-upload-pack '\/?([\w.-]+\.git)'$/.exec(command)?.[1] ?? '';
    const git = spawn('git', ['upload-pack', join(this.root, name)]);
    channel.pipe(git.stdin);
    git.stdin.on('error', () => undefined); // it may end without reading everything
    git.stdout.pipe(channel, { end: false });
    git.stderr.pipe(channel.stderr, { end: false });
    git.on('close', (code) => {
      channel.exit(code ?? 1);
      channel.end();
    });
  }
}
