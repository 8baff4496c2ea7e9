import { join, resolve } from 'node:path';
import { EnvironmentError, type SandboxProviderName } from '@showrunner/contracts';
import { installationName } from './installation';
import type { SandboxProvider } from '@showrunner/sandbox';

export interface SandboxSettings {
  /** Provider of sandboxes that name none. */
  provider: SandboxProviderName;
  /** Data folder of the platform. */
  home: string;
  /** Key of a cloud provider. */
  apiKey?: string;
  /** Control API of the provider, or the address of a Docker Engine; default the provider's own. */
  serverUrl?: string;
  /** Folder with the certificates of a Docker Engine that is reached by TLS. */
  serverCerts?: string;
  /** Region (daytona), template (e2b) or image (docker). */
  target?: string;
  /** See `installationName`. */
  installation?: string;
  /** Path of bubblewrap, for local sandboxes. */
  bwrapPath?: string;
}

/** The variables of an app's configuration that choose the provider. */
export interface SandboxVariables {
  SHOWRUNNER_HOME: string;
  SANDBOX_PROVIDER: SandboxProviderName;
  SANDBOX_API_KEY?: string;
  SANDBOX_SERVER_URL?: string;
  SANDBOX_SERVER_CERTS?: string;
  SANDBOX_TARGET?: string;
  SANDBOX_INSTALLATION?: string;
}

export const sandboxSettings = (variables: SandboxVariables): SandboxSettings => ({
  provider: variables.SANDBOX_PROVIDER,
  home: resolve(variables.SHOWRUNNER_HOME),
  apiKey: variables.SANDBOX_API_KEY,
  serverUrl: variables.SANDBOX_SERVER_URL,
  serverCerts: variables.SANDBOX_SERVER_CERTS,
  target: variables.SANDBOX_TARGET,
  installation: variables.SANDBOX_INSTALLATION,
});

/** Opens a provider when it is first asked for; every later call answers the same one. */
export type OpenProvider = (name?: SandboxProviderName) => Promise<SandboxProvider>;

/**
 * The providers of one platform: the one of its settings, and the local one. Loads the code of those that are asked for, and no other.
 * @returns a function that throws EnvironmentError `sandbox_unavailable` for a provider that is not set up
 */
export function sandboxProviders(settings: SandboxSettings): OpenProvider {
  const opened = new Map<SandboxProviderName, Promise<SandboxProvider>>();
  return (name = settings.provider) => {
    const known = opened.get(name);
    if (known !== undefined) return known;
    if (name !== settings.provider && name !== 'local') return Promise.reject(notSetUp(name));
    const provider = openSandboxProvider({ ...settings, provider: name });
    opened.set(name, provider);
    provider.catch(() => opened.delete(name)); // tried again by the next call
    return provider;
  };
}

/** @throws EnvironmentError `sandbox_unavailable` for settings that are missing, and what the provider throws */
export async function openSandboxProvider(settings: SandboxSettings): Promise<SandboxProvider> {
  const { home, serverUrl, target } = settings;
  switch (settings.provider) {
    case 'local': {
      const { LocalSandboxProvider } = await import('@showrunner/sandbox-local');
      return new LocalSandboxProvider({ home: join(home, 'sandboxes'), bwrapPath: settings.bwrapPath });
    }
    case 'docker': {
      const { DockerSandboxProvider, readEngineTls } = await import('@showrunner/sandbox-docker');
      const installation = settings.installation ?? (await installationName(home));
      return DockerSandboxProvider.open({
        home: join(home, 'docker'),
        installation,
        host: serverUrl,
        tls: settings.serverCerts === undefined ? undefined : await readEngineTls(settings.serverCerts),
        image: target,
      });
    }
    case 'daytona': {
      const apiKey = requireKey(settings);
      const installation = settings.installation ?? (await installationName(home));
      const { DaytonaSandboxProvider } = await import('@showrunner/sandbox-daytona');
      return new DaytonaSandboxProvider({ apiKey, serverUrl, target, installation });
    }
    case 'e2b': {
      const apiKey = requireKey(settings);
      const installation = settings.installation ?? (await installationName(home));
      const { E2bSandboxProvider } = await import('@showrunner/sandbox-e2b');
      return new E2bSandboxProvider({ apiKey, serverUrl, template: target, installation });
    }
  }
}

function requireKey({ provider, apiKey }: SandboxSettings): string {
  if (apiKey !== undefined) return apiKey;
  throw new EnvironmentError('sandbox_unavailable', `The provider ${provider} needs an API key.`, {
    status: 503,
    remedy: 'Set SANDBOX_API_KEY where the services and workers start.',
  });
}

const notSetUp = (name: SandboxProviderName): EnvironmentError =>
  new EnvironmentError('sandbox_unavailable', `This platform is not set up for ${name} sandboxes.`, {
    status: 503,
    remedy: `Ask for the provider local, or set SANDBOX_PROVIDER=${name} where the services and workers start.`,
  });
