import { gatewayConfigSchema, loadConfig } from '@showrunner/config';
import { runMain } from '@showrunner/service';
import { startGateway } from './start';

runMain('gateway', () => startGateway(loadConfig(gatewayConfigSchema)));
