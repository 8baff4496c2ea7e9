import semver from 'semver';
import type { PackageJson } from './package-json';

const OLD_WEBPACK: readonly (readonly [string, string])[] = [
  ['react-scripts', '5.0.0'],
  ['webpack', '5.61.0'],
  ['@vue/cli-service', '5.0.0'],
  ['gatsby', '4.0.0'],
  ['@angular-devkit/build-angular', '12.0.0'],
  // The packages of its builder had versions below 1 until then.
  ['@angular/cli', '13.0.0'],
  ['next', '11.1.0'],
  ['nuxt', '3.0.0'],
  ['laravel-mix', '6.0.0'],
  ['@storybook/react', '6.5.0'],
];

/** Name of a dependency built on a webpack whose hashes OpenSSL 3 (Node 17 and later) refuses; undefined if there is none. */
export function needsOldOpenSsl(manifest: PackageJson, nodeVersion: string): string | undefined {
  if (semver.major(nodeVersion) < 17) return undefined;
  return OLD_WEBPACK.find(([name, since]) => {
    const lowest =
      semver.validRange(manifest.dependencies[name] ?? 'x') === null
        ? null
        : semver.minVersion(manifest.dependencies[name] ?? '*');
    return (
      manifest.dependencies[name] !== undefined &&
      lowest !== null &&
      lowest.major > 0 &&
      semver.lt(lowest, since)
    );
  })?.[0];
}
