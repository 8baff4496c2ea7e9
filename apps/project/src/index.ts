export { projectService, startProject } from './start';
