import { editorConfigSchema, loadConfig } from '@showrunner/config';
import { runMain } from '@showrunner/service';
import { startEditor } from './start';

runMain('editor', () => startEditor(loadConfig(editorConfigSchema)));
