import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A certificate authority of the tests in a folder, made by openssl. */
export class TestAuthority {
  private constructor(private readonly folder: string) {}

  /** @param folder exists; gets `ca.pem` */
  static async make(folder: string): Promise<TestAuthority> {
    await run('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'],
      ...[
        '-subj',
        '/CN=authority of a test',
        '-keyout',
        join(folder, 'ca.key'),
        '-out',
        join(folder, 'ca.pem'),
      ],
    ]);
    return new TestAuthority(folder);
  }

  get ca(): Promise<string> {
    return readFile(join(this.folder, 'ca.pem'), 'utf8');
  }

  /** Writes both files, the certificate and its key, into the folder. @param names e.g. `IP:127.0.0.1` */
  async sign(
    folder: string,
    certFile: string,
    keyFile: string,
    names: string,
  ): Promise<{ cert: string; key: string }> {
    const [cert, key, request] = [certFile, keyFile, 'request.csr'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const extensions = join(folder, 'extensions.txt');
    await writeFile(extensions, `subjectAltName=${names}\n`);
    await run('openssl', [
      ...['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-subj', '/CN=test', '-keyout', key, '-out', request],
    ]);
    await run('openssl', [
      ...['x509', '-req', '-in', request, '-days', '1', '-extfile', extensions, '-out', cert],
      ...['-CA', join(this.folder, 'ca.pem'), '-CAkey', join(this.folder, 'ca.key'), '-CAcreateserial'],
    ]);
    return { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') };
  }
}
