export { nextProjectOf } from './next-project';
export type { GeneratedCode, NextProject } from './next-project';
export { packFiles } from './pack-files';
export type { ProjectFile } from './project-file';
