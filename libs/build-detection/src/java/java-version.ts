import type { AppError, DebianSystem } from '@showrunner/contracts';
import type { Runtimes } from '../draft';
import type { FileListing } from '../listing';
import { DEBIAN_SUITES } from '../runtime/debian-suites';
import { asdfVersion, miseVersion, pointsElsewhere, versionFile } from '../runtime/pinned-text';
import { pinRefused, runtimeUnavailable } from '../runtime/runtime-failures';

export interface JavaChoice {
  version: string;
  system?: DebianSystem;
  reason: string;
  refusal?: AppError;
}

/** Lines of OpenJDK that Debian has, lowest first, each in the newest suite that has it. */
const LINES = [...new Set(DEBIAN_SUITES.flatMap(({ java }) => java))].sort((a, b) => Number(a) - Number(b));

/**
 * Which Java builds and runs it: the line that `--runtime` or a version file pins; else the lowest line of Debian's that compiles the level which
 * its build file names.
 * @param level e.g. `17`, of the build file; undefined where it names none
 */
export function chooseJava(listing: FileListing, level: string | undefined, runtimes: Runtimes): JavaChoice {
  const asked = runtimes.asked?.language === 'java' ? runtimes.asked.version : undefined;
  const pin =
    asked === undefined
      ? (versionFile(listing, '.java-version') ??
        asdfVersion(listing, ['java']) ??
        miseVersion(listing, ['java']) ??
        versionFile(listing, 'system.properties'))
      : { who: '--runtime', text: asked };
  if (pin !== undefined && pointsElsewhere(pin.text)) return refused(pinRefused('java', pin.who, pin.text));
  const pinned = /(?:^|[^\d.])(?:1\.)?(\d{1,2})(?!\d)/.exec(pin?.text ?? '')?.[1];
  const wanted = pinned ?? level;
  const line =
    pinned === undefined
      ? LINES.find((one) => Number(one) >= Number(level ?? 17))
      : LINES.find((one) => one === pinned);
  const suite = DEBIAN_SUITES.find(({ java }) => line !== undefined && java.includes(line))?.suite;
  if (line === undefined || suite === undefined || runtimes.systems !== true)
    return refused(
      runtimeUnavailable(
        'java',
        wanted ?? '17',
        pin?.who ?? 'The project',
        runtimes.systems === true ? LINES : [],
      ),
    );
  const why =
    pinned !== undefined
      ? `${pin?.who ?? ''} names Java ${pinned}`
      : level === undefined
        ? 'Nothing names a version of Java'
        : `Its build file is for Java ${level}`;
  return {
    version: line,
    system: { suite, packages: [`openjdk-${line}-jdk-headless`] },
    reason: `${why}: Java ${line} comes from Debian ${suite}, whose packages are put beneath the sandbox.`,
  };
}

const refused = (refusal: AppError): JavaChoice => ({ version: '', reason: '', refusal });
