import { InvalidInputError } from '@showrunner/contracts';
import { BASE, BASE_DEVELOPMENT, importedPackages, TAILWIND_3, TAILWIND_4 } from './dependencies';

type Versions = Record<string, string>;
interface Manifest {
  [key: string]: unknown;
  scripts?: Versions;
  dependencies?: Versions;
  devDependencies?: Versions;
}

/** The package.json of a generated app: what was given, and everything that it needs besides. */
export function packageJson(
  given: string | undefined,
  { name, sources, tailwind }: { name: string; sources: readonly string[]; tailwind: 3 | 4 },
): string {
  const manifest = given === undefined ? {} : parsed(given);
  const known = { ...BASE, ...manifest.dependencies };
  const development = {
    ...BASE_DEVELOPMENT,
    ...(tailwind === 4 ? TAILWIND_4 : TAILWIND_3),
    ...manifest.devDependencies,
  };
  const missing = importedPackages(sources).filter((one) => !(one in known) && !(one in development));
  const dependencies = { ...known, ...Object.fromEntries(missing.map((one) => [one, 'latest'])) };
  return `${JSON.stringify(
    {
      name: nameOf(name),
      version: '0.1.0',
      private: true,
      ...manifest,
      scripts: { dev: 'next dev', build: 'next build', start: 'next start', ...manifest.scripts },
      dependencies: sorted(dependencies),
      devDependencies: sorted(development),
    },
    null,
    2,
  )}\n`;
}

function parsed(text: string): Manifest {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Manifest;
  } catch {
    // Said below, like any other text that is no manifest.
  }
  throw new InvalidInputError('package_json_invalid', 'The generated package.json is not a JSON object.', {
    remedy: 'Send a valid package.json, or leave it out.',
  });
}

/** A name that npm takes. */
const nameOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 100) || 'app';

const sorted = (versions: Versions): Versions =>
  Object.fromEntries(Object.entries(versions).sort(([a], [b]) => (a < b ? -1 : 1)));
