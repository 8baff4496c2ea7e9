import { filmsByProvider } from '@showrunner/config';
import type { SandboxConfig } from '@showrunner/config';
import { MAX_GENERATED_BYTES } from '@showrunner/contracts';
import { sandboxProviders, sandboxSettings } from '@showrunner/sandbox-providers';
import { previewBase } from '@showrunner/preview';
import { bootService, byInternalToken, openResources } from '@showrunner/service';
import type { RunningService, ServiceDefinition } from '@showrunner/service';
import { SandboxAccess } from './sandboxes/sandbox-access';
import type { OpenProvider } from './sandboxes/sandbox-providers';
import { SandboxesModule } from './sandboxes/sandboxes.module';
import { OwnSandboxStreams } from './streams/own-sandbox-streams';
import { sandboxStreams } from './streams/sandbox-streams';

/** Bodies that handlers stream into sandboxes. */
const RAW_BODIES = [/^\/api\/sandboxes\/[^/]+\/files$/, /^\/api\/sandboxes\/[^/]+\/files\/upload$/];

/** Sandboxes of requests and what is done in them, agents, generated apps, and their maintenance. */
export function sandboxService(config: SandboxConfig, openProvider: OpenProvider): ServiceDefinition {
  return {
    name: 'sandbox',
    needsTemporal: true,
    body: {
      raw: RAW_BODIES,
      largeJson: { '/api/sandbox/create': MAX_GENERATED_BYTES },
    },
    upgrade: (get) => sandboxStreams(get(SandboxAccess), get(OwnSandboxStreams)),
    modules: [
      SandboxesModule.of(
        {
          defaultProvider: config.SANDBOX_PROVIDER,
          hasKey: config.SANDBOX_API_KEY !== undefined,
          places: config.SANDBOX_PLACES,
          films: filmsByProvider(config),
          tenantMaxSandboxes: config.TENANT_MAX_SANDBOXES,
          tenantMaxQueued: config.TENANT_MAX_QUEUED,
          tenantCreationsPerMinute: config.TENANT_CREATIONS_PER_MINUTE,
          tenantMaxRuns: config.TENANT_MAX_RUNS,
          tenantRunsPerMinute: config.TENANT_RUNS_PER_MINUTE,
          tenantBudgetUsd: config.TENANT_BUDGET_USD,
          previews: previewBase(config),
          previewSecret: config.INTERNAL_TOKEN,
          privateHosts: config.SOURCE_ALLOWED_HOSTS,
        },
        openProvider,
      ),
    ],
  };
}

/** Starts the sandbox service by itself, for the gateway. */
export function startSandbox(
  config: SandboxConfig,
  openProvider: OpenProvider = sandboxProviders(sandboxSettings(config)),
): Promise<RunningService> {
  return bootService({
    ...sandboxService(config, openProvider),
    host: config.BIND_HOST,
    port: config.SANDBOX_PORT,
    resources: openResources('sandbox', config),
    authenticate: byInternalToken(config.INTERNAL_TOKEN),
  });
}
