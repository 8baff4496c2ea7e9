import { loadConfig, sandboxConfigSchema } from '@showrunner/config';
import { runMain } from '@showrunner/service';
import { startSandbox } from './start';

runMain('sandbox', () => startSandbox(loadConfig(sandboxConfigSchema)));
