import {
  editorConfigSchema,
  gatewayConfigSchema,
  intentConfigSchema,
  loadConfig,
  projectConfigSchema,
  sandboxConfigSchema,
  serverConfigSchema,
} from '@showrunner/config';
import { startEditor } from '@showrunner/editor-app';
import { startGateway } from '@showrunner/gateway-app';
import { startIntent } from '@showrunner/intent-app';
import { startProject } from '@showrunner/project-app';
import { startSandbox } from '@showrunner/sandbox-app';
import { runMain } from '@showrunner/service';
import type { RunningService } from '@showrunner/service';
import { parseArguments } from './arguments';
import type { ServiceName } from './arguments';
import { startAll } from './start-all';

const start: Record<ServiceName | 'all', () => Promise<RunningService>> = {
  all: () => startAll(loadConfig(serverConfigSchema)),
  gateway: () => startGateway(loadConfig(gatewayConfigSchema)),
  project: () => startProject(loadConfig(projectConfigSchema)),
  sandbox: () => startSandbox(loadConfig(sandboxConfigSchema)),
  intent: () => startIntent(loadConfig(intentConfigSchema)),
  editor: () => startEditor(loadConfig(editorConfigSchema)),
};

runMain('server', async () => start[parseArguments(process.argv.slice(2))]());
