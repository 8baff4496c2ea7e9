import type { GatewayConfig } from '@showrunner/config';
import { sandboxProviders, sandboxSettings } from '@showrunner/sandbox-providers';
import { previewBase } from '@showrunner/preview';
import { bootService, openResources } from '@showrunner/service';
import type { RunningService } from '@showrunner/service';
import { ApiKeys } from './auth/api-keys';
import { EventsModule } from './events/events.module';
import { forwardUpgrades } from './forward/forward-upgrades';
import { ForwardModule } from './forward/forward.module';
import { OpenApiModule } from './openapi/openapi.module';
import { PreviewsModule } from './previews/previews.module';
import { routeToSandbox } from './previews/route-to-sandbox';
import type { RouteToSandbox } from './previews/route-to-sandbox';

/** Starts the only public door: the REST API behind API keys, events, and the previews of running apps. */
export function startGateway(config: GatewayConfig, given?: RouteToSandbox): Promise<RunningService> {
  const resources = openResources('gateway', config);
  const route = given ?? routeToSandbox(sandboxProviders(sandboxSettings(config)), resources.database);
  const keys = new ApiKeys(resources.database, config.SHOWRUNNER_API_KEY);
  const inner = (url: string | undefined, port: number): URL => new URL(url ?? `http://127.0.0.1:${port}`);
  const services = {
    project: inner(config.PROJECT_URL, config.PROJECT_PORT),
    sandbox: inner(config.SANDBOX_URL, config.SANDBOX_PORT),
    intent: inner(config.INTENT_URL, config.INTENT_PORT),
    editor: inner(config.EDITOR_URL, config.EDITOR_PORT),
  };
  return bootService({
    name: 'gateway',
    host: config.BIND_HOST,
    port: config.GATEWAY_PORT,
    resources,
    authenticate: (request) => keys.authenticate(request),
    body: 'stream',
    upgrade: () => forwardUpgrades({ internalToken: config.INTERNAL_TOKEN, services }),
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
      ForwardModule.of({
        internalToken: config.INTERNAL_TOKEN,
        services,
      }),
    ],
  });
}
