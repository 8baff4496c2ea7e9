import { intentConfigSchema, loadConfig } from '@showrunner/config';
import { runMain } from '@showrunner/service';
import { startIntent } from './start';

runMain('intent', () => startIntent(loadConfig(intentConfigSchema)));
