import semver from 'semver';
import type { AppError, DebianSystem } from '@showrunner/contracts';
import type { Runtimes } from '../draft';
import type { FileListing } from '../listing';
import { COMPILER_PACKAGES, DEBIAN_SUITES } from '../runtime/debian-suites';
import { pinRefused, runtimeUnavailable } from '../runtime/runtime-failures';
import { pinnedPython, type PythonPin } from './python-pins';
import type { Ceiling } from './pins-of-their-time';

export interface PythonChoice {
  /** `3.11.2` of the sandbox, `3.13` of Debian's packages. */
  version: string;
  /** Beneath the sandbox; undefined for its own. */
  system?: DebianSystem;
  reasons: string[];
  refusal?: AppError;
}

/**
 * Which Python runs the app: what `--runtime` asks for, else what a version file pins, else what `requires-python` allows. The sandbox's own where it
 * satisfies them, else that of a suite of Debian; a `refusal` where there is none. Where nothing says more, it is one that the packages it holds run on.
 */
export function choosePython(
  listing: FileListing,
  stated: string | undefined,
  runtimes: Runtimes,
  ceiling?: Ceiling,
): PythonChoice {
  const own = runtimes.python;
  const pin = askedOf(runtimes) ?? pinnedPython(listing);
  if (pin?.kind === 'elsewhere') return refused(pinRefused('python', pin.who, pin.text), own);
  const required = stated ?? requiredBySetup(listing);
  const allows = (version: string): boolean => required === undefined || pythonSatisfies(version, required);
  const available = availableTo(runtimes);
  if (pin?.kind === 'version') {
    const fitting = available.find((version) => isOfLine(version, pin.version));
    const says = `${pin.who} names Python ${pin.version.slice(0, 30)}`;
    if (fitting !== undefined) return chosen(fitting, says, runtimes);
    const allowed = pin.who === '--runtime' || required === undefined ? undefined : available.find(allows);
    if (allowed === undefined)
      return refused(runtimeUnavailable('python', pin.version.slice(0, 30), pin.who, offered(runtimes)), own);
    return chosen(
      allowed,
      `${says}, which cannot be had; what the project requires (${shown(required)}) allows another`,
      runtimes,
    );
  }
  const loose = pin === undefined ? [] : [`${pin.who} names no version of Python.`];
  const runsAll =
    ceiling === undefined
      ? undefined
      : available.find((one) => allows(one) && pythonSatisfies(one, `<${ceiling.below}`));
  if (ceiling !== undefined && runsAll !== undefined && runsAll !== available.find(allows)) {
    const choice = chosen(runsAll, `${ceiling.who} runs on no Python from ${ceiling.below} on`, runtimes);
    return { ...choice, reasons: [...loose, ...choice.reasons] };
  }
  const fitting = available.find(allows);
  if (fitting === undefined)
    return refused(runtimeUnavailable('python', shown(required), 'The project', offered(runtimes)), own);
  const why =
    required === undefined ? 'Nothing names a version of Python' : `It requires Python ${shown(required)}`;
  const choice = chosen(fitting, why, runtimes);
  return { ...choice, reasons: [...loose, ...choice.reasons] };
}

const shown = (required: string | undefined): string => (required ?? 'any').slice(0, 40);

function askedOf({ asked }: Runtimes): PythonPin | undefined {
  if (asked?.language !== 'python') return undefined;
  return {
    who: '--runtime',
    text: asked.version,
    kind: 'version',
    version: asked.version.replace(/\.[xX*]$/, ''),
  };
}

const suitesOf = ({ systems = false }: Runtimes): string[] =>
  systems ? DEBIAN_SUITES.map(({ python }) => python) : [];
/** The sandbox's own first; on a Debian system the same line of Debian's, as the host's own is not there. */
const availableTo = (runtimes: Runtimes): string[] => {
  const suites = suitesOf(runtimes);
  if (runtimes.onDebian !== true) return [runtimes.python, ...suites];
  const same = suites.filter((one) => lineOf(one) === lineOf(runtimes.python));
  return [...new Set([...same, ...suites])];
};
const lineOf = (version: string): string => version.split('.', 2).join('.');
const offered = (runtimes: Runtimes): string[] => [
  ...new Set([...suitesOf(runtimes), runtimes.python].map(lineOf)),
];

/** A line is `3.12` or `3`; patch releases of one line count as equal, as Debian has one of each. */
const isOfLine = (version: string, wanted: string): boolean =>
  wanted.includes('.') ? lineOf(version) === lineOf(wanted) : version.split('.', 1)[0] === wanted;

function chosen(version: string, why: string, runtimes: Runtimes): PythonChoice {
  if (version === runtimes.python && runtimes.onDebian !== true)
    return { version, reasons: [`${why}; Python ${version} of the sandbox runs it.`] };
  const suite = DEBIAN_SUITES.find(({ python }) => python === version)?.suite ?? 'trixie';
  const packages = ['python3', 'python3-dev', 'python3-pip', 'python3-venv', ...COMPILER_PACKAGES];
  return {
    version: lineOf(version),
    system: { suite, packages },
    reasons: [
      `${why}: Python ${lineOf(version)} comes from Debian ${suite}, whose packages are put beneath the sandbox.`,
    ],
  };
}

/** `python_requires` of a setup.cfg or setup.py, where it is written out. */
function requiredBySetup(listing: FileListing): string | undefined {
  const text = `${listing.read('setup.cfg') ?? ''}\n${listing.read('setup.py') ?? ''}`.slice(0, 64 * 1024);
  return /^[ \t]*python_requires[ \t]{0,8}=[ \t]{0,8}['"]?([^'"\n]{1,80})/m.exec(text)?.[1]?.trim();
}

const refused = (refusal: AppError, own: string): PythonChoice => ({ version: own, reasons: [], refusal });

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
          return text.endsWith('.') || text.split('.').length < 3
            ? `${version}.`.startsWith(`${text.replace(/\.$/, '')}.`)
            : semver.eq(have, want);
        default:
          return true;
      }
    });
}
