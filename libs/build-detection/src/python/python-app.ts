import type { Reason } from '@showrunner/contracts';
import type { FileListing } from '../listing';

/** How one Python framework is started. Commands expect the virtual environment on PATH and `$PORT` set. */
export interface PythonApp {
  framework: string;
  start: string;
  port: number;
  /** The source names the port itself; otherwise it is the framework's usual one. */
  portNamedBy?: string;
  setup: string[];
  env: Record<string, string>;
  /** Why it is of this framework, one sentence. */
  reason: string;
  /** Why the set-up is proposed, and what is missing. */
  more?: Reason[];
  /** Packages that starting needs and nothing may list. */
  needs?: string[];
  /** Only its name speaks for it. */
  isGuess?: boolean;
}

export type PythonFinder = (listing: FileListing, sources: readonly string[]) => PythonApp | undefined;

/** `src/app/main.py` as Python imports it: `src.app.main`; a package's `__init__.py` is the package. */
export const moduleOf = (file: string): string =>
  file
    .replace(/\.py$/, '')
    .replace(/(^|\/)__init__$/, '')
    .replaceAll('/', '.');

/** Programs and folders that Python can import have plain names; anything else cannot be a module. */
export const isImportable = (file: string): boolean => /^(?:[A-Za-z_]\w*\/)*[A-Za-z_]\w*\.py$/.test(file);
