import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EnvironmentError } from '@showrunner/contracts';

/** PEM texts: who signs for the engine, and who we are to it. */
export interface EngineTls {
  ca: string;
  cert?: string;
  key?: string;
}

/**
 * Reads certificates as the Docker command line keeps them: `ca.pem`, and `cert.pem` with `key.pem` for an engine that asks who calls. The
 * engine's own certificate is always checked.
 * @throws EnvironmentError `docker_certs_invalid`
 */
export async function readEngineTls(folder: string): Promise<EngineTls> {
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((name) => readIfThere(join(folder, name))),
  );
  if (ca === undefined) throw invalid(folder, 'there is no ca.pem');
  if ((cert === undefined) !== (key === undefined))
    throw invalid(folder, `there is no ${cert === undefined ? 'cert.pem' : 'key.pem'} to the other`);
  return { ca, ...(cert === undefined ? {} : { cert, key }) };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw invalid(path, `it cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

const invalid = (where: string, why: string): EnvironmentError =>
  new EnvironmentError('docker_certs_invalid', `The certificates in ${where} cannot be used: ${why}.`, {
    remedy:
      'Put ca.pem into the folder that SANDBOX_SERVER_CERTS names, and both cert.pem and key.pem if the engine asks for them.',
  });
