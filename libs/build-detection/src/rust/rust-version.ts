import { parse as parseToml, TomlError } from 'smol-toml';
import type { AppError, DebianSystem } from '@showrunner/contracts';
import type { Runtimes } from '../draft';
import { firstOf, type FileListing } from '../listing';
import { DEBIAN_SUITES } from '../runtime/debian-suites';
import { asdfVersion, miseVersion, pointsElsewhere, type PinText } from '../runtime/pinned-text';
import { pinRefused, runtimeUnavailable } from '../runtime/runtime-failures';
import type { CargoManifest } from './cargo-manifest';

export interface RustChoice {
  version: string;
  suite?: DebianSystem['suite'];
  reason: string;
  refusal?: AppError;
}

/** The first version of Rust that knows an edition. */
const EDITIONS: Readonly<Record<string, string>> = { '2021': '1.56', '2024': '1.85' };

/**
 * Which Rust builds it: what `--runtime` or a toolchain file pins; else that of the newest stable suite, as what compiles with one version compiles with every
 * later one; else of the one in the making, where Cargo.toml asks for that.
 * @param around the root of the source, whose toolchain file holds for the folders below
 */
export function chooseRust(
  listing: FileListing,
  around: FileListing,
  { rustVersion, edition }: Pick<CargoManifest, 'rustVersion' | 'edition'>,
  runtimes: Runtimes,
): RustChoice {
  const asked = runtimes.asked?.language === 'rust' ? runtimes.asked.version : undefined;
  const pin = asked === undefined ? (pinOf(listing) ?? pinOf(around)) : { who: '--runtime', text: asked };
  if (pin !== undefined && pointsElsewhere(pin.text)) return refused(pinRefused('rust', pin.who, pin.text));
  const lowest = rustVersion ?? EDITIONS[edition ?? ''];
  const exact = /^1\.(\d{1,3})(?:\.\d{1,3})?(?:-[\w-]{1,40})?$/.exec(pin?.text ?? '')?.[1];
  const follows = pin === undefined || /^stable(?:-[\w-]{1,40})?$/.test(pin.text);
  const found = DEBIAN_SUITES.find(({ rust }) =>
    exact !== undefined
      ? minorOf(rust) === Number(exact)
      : follows && minorOf(rust) >= minorOf(lowest ?? '1.0'),
  );
  if (found === undefined || runtimes.systems !== true)
    return refused(
      runtimeUnavailable(
        'rust',
        (exact === undefined && follows ? lowest : pin?.text) ?? 'of any version',
        pin?.who ?? 'Cargo.toml',
        runtimes.systems === true ? [...new Set(DEBIAN_SUITES.map(({ rust }) => rust))] : [],
      ),
    );
  const why =
    pin !== undefined
      ? `${pin.who} names Rust ${pin.text}`
      : lowest === undefined
        ? 'Nothing names a version of Rust'
        : `Cargo.toml asks for Rust ${lowest} or later`;
  return {
    version: found.rust,
    suite: found.suite,
    reason: `${why}: Rust ${found.rust} comes from Debian ${found.suite}, whose packages are put beneath the sandbox.`,
  };
}

function minorOf(version: string): number {
  return Number(/^1\.(\d{1,3})/.exec(version)?.[1] ?? 0);
}

function pinOf(listing: FileListing): PinText | undefined {
  const file = firstOf(listing, ['rust-toolchain.toml', 'rust-toolchain']);
  const text = (file === undefined ? undefined : listing.read(file)) ?? '';
  const line = text.trim();
  const channel = /^[\w./:@\\-]{1,80}$/.test(line) ? line : channelIn(text);
  if (file !== undefined && channel !== undefined) return { who: file, text: channel.slice(0, 80) };
  return asdfVersion(listing, ['rust']) ?? miseVersion(listing, ['rust']);
}

function channelIn(text: string): string | undefined {
  try {
    const toolchain: unknown = parseToml(text)['toolchain'];
    if (typeof toolchain !== 'object' || toolchain === null) return undefined;
    const { channel, path } = toolchain as Record<string, unknown>;
    return typeof channel === 'string' ? channel : typeof path === 'string' ? `./${path}` : undefined;
  } catch (error) {
    if (error instanceof TomlError) return undefined;
    throw error;
  }
}

const refused = (refusal: AppError): RustChoice => ({ version: '', reason: '', refusal });
