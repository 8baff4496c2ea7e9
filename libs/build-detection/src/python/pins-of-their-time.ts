import semver from 'semver';

/** A package held at a version that no later Python runs. */
export interface Ceiling {
  /** The package with its version. */
  who: string;
  /** The first Python that it does not run on. */
  below: string;
}

/**
 * Packages whose releases before a version neither run nor build on a later Python: names that left the standard library (`collections.Mapping`,
 * `imp`, `distutils`), or code that its C interface no longer fits. Source: their change logs and the wheels of PyPI.
 */
const LAST: readonly (readonly [name: string, before: string, below: string])[] = [
  ['werkzeug', '1.0.0', '3.10'],
  ['jinja2', '2.11.0', '3.10'],
  ['flask', '1.0.0', '3.10'],
  ['django', '2.2.0', '3.10'],
  ['sqlalchemy', '1.3.20', '3.10'],
  ['numpy', '1.21.3', '3.10'],
  ['pandas', '1.3.4', '3.10'],
  ['scipy', '1.7.2', '3.10'],
  ['scikit-learn', '1.0.0', '3.10'],
  ['matplotlib', '3.5.0', '3.10'],
  ['tensorflow', '2.8.0', '3.10'],
  ['torch', '1.11.0', '3.10'],
  ['pillow', '8.4.0', '3.10'],
  ['psycopg2-binary', '2.9.2', '3.10'],
  ['asyncpg', '0.25.0', '3.10'],
  ['aiohttp', '3.8.0', '3.10'],
  ['greenlet', '1.1.2', '3.10'],
  ['gevent', '21.8.0', '3.10'],
  ['lxml', '4.6.4', '3.10'],
  ['numpy', '1.23.3', '3.11'],
  ['pandas', '1.5.0', '3.11'],
  ['scipy', '1.9.2', '3.11'],
  ['greenlet', '1.1.3', '3.11'],
  ['aiohttp', '3.8.2', '3.11'],
  ['numpy', '1.26.0', '3.12'],
  ['pandas', '2.1.1', '3.12'],
  ['django', '3.2.0', '3.12'],
  ['pydantic-core', '2.6.0', '3.12'],
  ['greenlet', '3.0.0', '3.12'],
  ['aiohttp', '3.9.0', '3.12'],
];

/** The lowest ceiling among requirements that are held at one version; undefined where there is none. */
export function ceilingOf(names: ReadonlyMap<string, string | null>): Ceiling | undefined {
  return LAST.flatMap(([name, before, below]) => {
    const held = /^==\s{0,4}(\d[\w.]{0,20})$/.exec(names.get(name) ?? '')?.[1];
    const version = semver.coerce(held);
    return held !== undefined && version !== null && semver.lt(version, before)
      ? [{ who: `${name} ${held}`, below }]
      : [];
  }).sort((a, b) => semver.compare(semver.coerce(a.below) ?? '0.0.0', semver.coerce(b.below) ?? '0.0.0'))[0];
}
