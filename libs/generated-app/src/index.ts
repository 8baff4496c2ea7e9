export { nextProjectOf } from './next-project';
export type { GeneratedCode, NextProject, ProjectFile } from './next-project';
