import semver from 'semver';
import type { Reason } from '@showrunner/contracts';
import { because } from '../draft';
import type { FileListing } from '../listing';

/** What a source says about Python's version, against what the sandbox has: told, since no other Python can be fetched. */
export function pythonVersionReasons(
  listing: FileListing,
  requires: string | undefined,
  available: string,
): Reason[] {
  if (requires !== undefined && !pythonSatisfies(available, requires)) {
    return [
      because(
        'version',
        `pyproject.toml wants Python ${requires.slice(0, 40)}; Python ${available} runs it here, and may not be enough.`,
      ),
    ];
  }
  const named: [string, string | undefined][] = [
    ['.python-version', listing.read('.python-version')],
    ['runtime.txt', listing.read('runtime.txt')],
    ['.tool-versions', /^python[ \t]+(\S+)/m.exec(listing.read('.tool-versions') ?? '')?.[1]],
  ];
  for (const [file, text] of named) {
    const version = /^(?:python-)?(\d+\.\d+)/.exec(text?.trim() ?? '')?.[1];
    if (version !== undefined && !available.startsWith(`${version}.`))
      return [because('version', `${file} names Python ${version}; Python ${available} runs it here.`)];
  }
  return [];
}

/** PEP 440 comparisons over plain versions, `>=3.9,<4`; what is not understood counts as satisfied. */
export function pythonSatisfies(version: string, specifiers: string): boolean {
  const have = semver.coerce(version);
  if (have === null) return true;
  return specifiers
    .slice(0, 200)
    .split(',')
    .every((one) => {
      const [, operator = '', text = ''] =
        /^\s{0,4}(>=|<=|==|~=|!=|>|<|\^|~)?\s{0,4}v?([\d.]+)/.exec(one) ?? [];
      const want = semver.coerce(text);
      if (want === null) return true;
      switch (operator) {
        case '>=':
          return semver.gte(have, want);
        case '<=':
          return semver.lte(have, want);
        case '>':
          return semver.gt(have, want);
        case '<':
          return semver.lt(have, want);
        case '^':
          return semver.gte(have, want) && have.major === want.major;
        case '~':
        case '~=':
          return (
            semver.gte(have, want) &&
            have.major === want.major &&
            (operator === '~=' && text.split('.').length < 3 ? true : have.minor === want.minor)
          );
        case '==':
          return text.split('.').length < 3 ? version.startsWith(text) : semver.eq(have, want);
        default:
          return true;
      }
    });
}
