import type { BuildSpec, Reason } from '@showrunner/contracts';
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
  /** What the build spec has to hold. */
  buildSpec: Partial<BuildSpec>;
  /** What its reasons have to say, by subject. */
  told?: Partial<Record<Reason['what'], RegExp>>;
}

export const VITE = { scripts: { dev: 'vite', build: 'vite build' }, devDependencies: { vite: '^6.0.0' } };

export const TOOLS =
  'npm install --no-save --no-package-lock --ignore-scripts=false --prefix /app/.showrunner/tools';
export const PIP = 'python3 -m venv /app/.venv && /app/.venv/bin/pip install';
export const TOLERANT = "|| echo 'This set-up step did not work; going on without it.'";
