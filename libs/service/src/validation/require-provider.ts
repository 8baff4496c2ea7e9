import { InvalidInputError } from '@showrunner/contracts';
import type { SandboxProviderName } from '@showrunner/contracts';

const NEEDS_KEY: ReadonlySet<SandboxProviderName> = new Set(['daytona', 'e2b']);

/**
 * The provider of a request, refused when it is asked for and not only when its sandbox cannot be made: a platform is set up for the
 * local one and that of SANDBOX_PROVIDER.
 * @param configured SANDBOX_PROVIDER, for requests that name none
 * @param hasKey whether SANDBOX_API_KEY is set; undefined where that is not known
 * @throws {InvalidInputError} `provider_not_set_up` (422)
 */
export function requireProvider(
  asked: SandboxProviderName | undefined,
  configured: SandboxProviderName,
  hasKey?: boolean,
): SandboxProviderName {
  const provider = asked ?? configured;
  const isKnown = provider === 'local' || provider === configured;
  const isMissingKey = hasKey === false && NEEDS_KEY.has(provider);
  if (isKnown && !isMissingKey) return provider;
  throw new InvalidInputError(
    'provider_not_set_up',
    `This platform is not set up for ${provider} sandboxes${isKnown ? ': it has no API key' : ''}.`,
    {
      status: 422,
      remedy: isKnown
        ? 'Set SANDBOX_API_KEY where the services and workers start.'
        : `Ask for the provider local, or set SANDBOX_PROVIDER=${provider} where the services and workers start.`,
    },
  );
}
