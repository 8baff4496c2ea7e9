import semver from 'semver';
import type { AppError, DebianSystem } from '@showrunner/contracts';
import type { Runtimes } from '../draft';
import type { FileListing } from '../listing';
import { DEBIAN_SUITES } from '../runtime/debian-suites';
import { asdfVersion, miseVersion, pointsElsewhere, versionFile } from '../runtime/pinned-text';
import { pinRefused, runtimeUnavailable } from '../runtime/runtime-failures';

export interface RubyChoice {
  version: string;
  suite?: DebianSystem['suite'];
  reason: string;
  refusal?: AppError;
}

/** The Ruby of the newest suite that fits what `--runtime`, a version file or the Gemfile asks for; patch releases count as one. */
export function chooseRuby(listing: FileListing, stated: string | undefined, runtimes: Runtimes): RubyChoice {
  const asked = runtimes.asked?.language === 'ruby' ? runtimes.asked.version : undefined;
  const pin =
    asked === undefined
      ? (versionFile(listing, '.ruby-version') ??
        asdfVersion(listing, ['ruby']) ??
        miseVersion(listing, ['ruby']))
      : { who: '--runtime', text: asked };
  if (pin !== undefined && pointsElsewhere(pin.text)) return refused(pinRefused('ruby', pin.who, pin.text));
  const text = (pin?.text ?? stated ?? '*').replace(/^ruby-/, '');
  const range = text
    .replace(/~>\s{0,4}(\d+)\.(\d+)\.\d+/g, '~$1.$2')
    .replace(/~>\s{0,4}(\d+)\.(\d+)/g, '^$1.$2')
    .replace(/^(\d+\.\d+)\.\d+(?:[-.\w]{0,20})$/, '$1');
  const suites = runtimes.systems === true ? DEBIAN_SUITES : [];
  const isKnown = semver.validRange(range) !== null;
  // Debian's patch releases are newer than any that a range begins with.
  const suite = suites.find(({ ruby }) => !isKnown || semver.satisfies(`${ruby}.99`, range));
  const who = pin?.who ?? 'Gemfile';
  if (suite === undefined)
    return refused(
      runtimeUnavailable('ruby', text.slice(0, 40), who, [...new Set(suites.map(({ ruby }) => ruby))]),
    );
  const why =
    pin === undefined && stated === undefined
      ? 'Nothing names a version of Ruby'
      : `${who} names Ruby ${text.slice(0, 40)}`;
  return {
    version: suite.ruby,
    suite: suite.suite,
    reason: `${why}: Ruby ${suite.ruby} comes from Debian ${suite.suite}, whose packages are put beneath the sandbox.`,
  };
}

const refused = (refusal: AppError): RubyChoice => ({ version: '', reason: '', refusal });
