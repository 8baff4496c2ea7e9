export { nextProjectOf } from './next-project';
export type { GeneratedCode, NextProject } from './next-project';
export { missingOf, shownApp } from './kinds/shown-app';
export { told } from './scan/finding';
export { scanApp } from './scan/scan-app';
export { packFiles } from './pack-files';
export type { ProjectFile } from './project-file';
