import type { ServerConfig } from '@showrunner/config';
import { editorService } from '@showrunner/editor-app';
import {
  bootBehind,
  byApiKey,
  gatewayService,
  ownUpgradesFirst,
  routeToSandbox,
} from '@showrunner/gateway-app';
import { intentService } from '@showrunner/intent-app';
import { projectService } from '@showrunner/project-app';
import { sandboxService } from '@showrunner/sandbox-app';
import { sandboxProviders, sandboxSettings } from '@showrunner/sandbox-providers';
import { mergeServices, openResources } from '@showrunner/service';
import type { RunningService } from '@showrunner/service';

/**
 * All services as one, at the gateway's port: one application with one pool of database connections. A request goes from its API key
 * straight to its handler; nothing is forwarded, and no inner port is opened.
 */
export function startAll(config: ServerConfig): Promise<RunningService> {
  const resources = openResources('server', config);
  const openProvider = sandboxProviders(sandboxSettings(config));
  const door = byApiKey(config, resources);
  const merged = mergeServices('server', [
    gatewayService(config, routeToSandbox(openProvider, resources.database), door, resources),
    projectService(config),
    sandboxService(config, openProvider),
    intentService(config),
    editorService(config),
  ]);
  return bootBehind(door, {
    ...merged,
    upgrade: ownUpgradesFirst(merged.upgrade),
    host: config.BIND_HOST,
    port: config.GATEWAY_PORT,
    resources,
  });
}
