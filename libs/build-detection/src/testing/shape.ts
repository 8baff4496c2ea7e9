import type { BuildPlan } from '@showrunner/contracts';
import type { DetectOptions } from '../detect';

export type Files = Record<string, string>;
export const json = (value: unknown): string => JSON.stringify(value);
export const manifest = (fields: Record<string, unknown>): Files => ({ 'package.json': json(fields) });
export const at = (dir: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${dir}/${path}`, text]));

export interface Shape {
  name: string;
  files: Files;
  options?: DetectOptions;
  plan: Partial<BuildPlan>;
}

export const VITE = { scripts: { dev: 'vite', build: 'vite build' }, devDependencies: { vite: '^6.0.0' } };
