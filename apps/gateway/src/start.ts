import type { GatewayConfig } from '@showrunner/config';
import { sandboxProviders, sandboxSettings } from '@showrunner/sandbox-providers';
import { previewBase } from '@showrunner/preview';
import { bootService, openResources } from '@showrunner/service';
import type { Authenticate, Resources, RunningService, ServiceDefinition } from '@showrunner/service';
import { ApiKeys } from './auth/api-keys';
import { EventsModule } from './events/events.module';
import { forwardUpgrades } from './forward/forward-upgrades';
import { ForwardModule } from './forward/forward.module';
import { OpenApiModule } from './openapi/openapi.module';
import { PreviewsModule } from './previews/previews.module';
import { routeToSandbox } from './previews/route-to-sandbox';
import type { RouteToSandbox } from './previews/route-to-sandbox';

/** What the gateway answers itself: events, the description of the API, and the previews of running apps at a port of their own. */
export function gatewayService(config: GatewayConfig, route: RouteToSandbox): ServiceDefinition {
  return {
    name: 'gateway',
    body: 'stream',
    modules: [
      EventsModule.of({ redisUrl: config.REDIS_URL }),
      OpenApiModule,
      PreviewsModule.of({
        host: config.BIND_HOST,
        port: config.PREVIEW_PORT,
        access: config.PREVIEW_ACCESS,
        base: previewBase(config),
        secret: config.INTERNAL_TOKEN,
        route,
      }),
    ],
  };
}

/** Lets requests in by API key. */
export function byApiKey(config: GatewayConfig, { database }: Pick<Resources, 'database'>): Authenticate {
  const keys = new ApiKeys(database, config.SHOWRUNNER_API_KEY, config.INTERNAL_TOKEN);
  return (request) => keys.authenticate(request);
}

/** Starts the gateway by itself: the only public door, with the other services behind it at addresses of their own. */
export function startGateway(config: GatewayConfig, given?: RouteToSandbox): Promise<RunningService> {
  const resources = openResources('gateway', config);
  const route = given ?? routeToSandbox(sandboxProviders(sandboxSettings(config)), resources.database);
  const inner = (url: string | undefined, port: number): URL => new URL(url ?? `http://127.0.0.1:${port}`);
  const forwarding = {
    internalToken: config.INTERNAL_TOKEN,
    services: {
      project: inner(config.PROJECT_URL, config.PROJECT_PORT),
      sandbox: inner(config.SANDBOX_URL, config.SANDBOX_PORT),
      intent: inner(config.INTENT_URL, config.INTENT_PORT),
      editor: inner(config.EDITOR_URL, config.EDITOR_PORT),
    },
  };
  const gateway = gatewayService(config, route);
  return bootService({
    ...gateway,
    host: config.BIND_HOST,
    port: config.GATEWAY_PORT,
    resources,
    authenticate: byApiKey(config, resources),
    modules: [...gateway.modules, ForwardModule.of(forwarding)],
    upgrade: () => forwardUpgrades(forwarding),
  });
}
