import { AppError } from '@showrunner/contracts';
import type { E2bConnection } from './e2b-connection';
import type { ProcessRpc } from './process-rpc';

export type E2bSdk = typeof import('e2b');

let loading: Promise<E2bSdk> | undefined;

/** The SDK costs a quarter of a second and 20 MB: only a process that uses E2B loads it. */
export function loadE2bSdk(): Promise<E2bSdk> {
  loading ??= import('e2b');
  return loading;
}

/** What the SDK is told, so that no E2B_* variable of this process has a say. Waiting out a 429 is the caller's business. */
export function sdkOptions(connection: E2bConnection) {
  const { apiKey, apiUrl, sandboxUrl, domain, requestTimeoutMs } = connection;
  return { apiKey, apiUrl, sandboxUrl, domain, requestTimeoutMs, debug: false, retries: 0 };
}

/** The way into one running box. */
export interface BoxAccess {
  boxId: string;
  domain?: string;
  envdVersion: string;
  envdAccessToken?: string;
}

/**
 * The SDK's client for the processes of a box. `commands.run` of the SDK keeps all output in memory, as text, and knows only
 * `bash -l -c`; the generated client below it has bytes, an argv and a pulse. It is `protected` in the SDK, hence the check.
 */
export function processRpc(sdk: E2bSdk, connection: E2bConnection, access: BoxAccess): ProcessRpc {
  const box = new sdk.Sandbox({
    ...sdkOptions(connection),
    sandboxId: access.boxId,
    sandboxDomain: access.domain,
    envdVersion: access.envdVersion,
    envdAccessToken: access.envdAccessToken,
  });
  const { rpc } = box.commands as unknown as { rpc?: Partial<ProcessRpc> };
  if (typeof rpc?.start !== 'function' || typeof rpc.sendSignal !== 'function')
    throw new AppError('sandbox_unavailable', 'The installed E2B SDK has no client for processes.', {
      remedy: 'Install the version of "e2b" that the lock file names.',
    });
  return rpc as ProcessRpc;
}
