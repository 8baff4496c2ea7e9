export { buildProject } from './build-project.workflow';
export { detectProject } from './detect-project.workflow';
export { generateApp } from './generate-app.workflow';
export { filmRun } from './film-run.workflow';
export { keepSandbox } from './keep-sandbox.workflow';
export { produceVideo } from './produce-video.workflow';
export { removeSandbox } from './remove-sandbox.workflow';
export { renderExport } from './render-export.workflow';
