/** How one Python framework is started. Commands expect the virtual environment on PATH and `$PORT` set. */
export interface PythonApp {
  framework: string;
  start: string;
  port: number;
  setup: string[];
  env: Record<string, string>;
  reason: string;
  /** Packages that starting needs and nothing lists. */
  needs?: string[];
}

/** `src/app/main.py` as Python imports it: `src.app.main`; a package's `__init__.py` is the package. */
export const moduleOf = (file: string): string =>
  file
    .replace(/\.py$/, '')
    .replace(/(^|\/)__init__$/, '')
    .replaceAll('/', '.');
