import { loadConfig, projectConfigSchema } from '@showrunner/config';
import { runMain } from '@showrunner/service';
import { startProject } from './start';

runMain('project', () => startProject(loadConfig(projectConfigSchema)));
