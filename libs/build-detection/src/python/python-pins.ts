import type { FileListing } from '../listing';
import { asdfVersion, miseVersion, pointsElsewhere, versionFile, type PinText } from '../runtime/pinned-text';
import { pipfilePython } from './pyproject';

/** What a source pins of Python by itself, beside ranges: `3.12`, a place that is refused, or words that name no version. */
export type PythonPin = PinText &
  ({ kind: 'version'; version: string } | { kind: 'elsewhere' } | { kind: 'loose' });

/** `.python-version`, `runtime.txt`, `.tool-versions`, mise's settings, the Pipfile: the first that is there; undefined for none. */
export function pinnedPython(listing: FileListing): PythonPin | undefined {
  const pipfile = pipfilePython(listing.read('Pipfile') ?? '');
  const said =
    versionFile(listing, '.python-version') ??
    versionFile(listing, 'runtime.txt') ??
    asdfVersion(listing, ['python']) ??
    miseVersion(listing, ['python']) ??
    (pipfile === undefined ? undefined : { who: 'Pipfile', text: pipfile.slice(0, 80) });
  return said === undefined ? undefined : { ...said, ...meaningOf(said.text) };
}

function meaningOf(text: string): { kind: 'version'; version: string } | { kind: 'elsewhere' | 'loose' } {
  if (pointsElsewhere(text)) return { kind: 'elsewhere' };
  const version = /^(?:c?python-?)?(\d+(?:\.\d+){0,2})(?:-dev|t)?$/i.exec(text)?.[1];
  if (version !== undefined) return { kind: 'version', version };
  // Names such as `pypy3.10-7.3` ask for something that only looks like a version of CPython.
  return /\d/.test(text) ? { kind: 'version', version: text } : { kind: 'loose' };
}
