import { SYSTEM_PATH, TOOLS_FOLDER, because, type Draft, type Runtimes } from '../draft';
import { copyEnvironment } from '../environment-file';
import { hasFile, type FileListing } from '../listing';
import { portNamedBy, usualPort, validPort } from '../ports';
import { COMPILER_PACKAGES } from '../runtime/debian-suites';
import { quote } from '../shell';
import { readCargo } from './cargo-manifest';
import { chooseRust } from './rust-version';

/** Web libraries by their package, with the port that their examples use, the more particular first. */
const WEB: readonly { name: string; package: string; port: number; env?: Record<string, string> }[] = [
  {
    name: 'rocket',
    package: 'rocket',
    port: 8000,
    env: { ROCKET_ADDRESS: '127.0.0.1', ROCKET_PORT: '8000' },
  },
  { name: 'actix-web', package: 'actix-web', port: 8080 },
  { name: 'axum', package: 'axum', port: 3000 },
  { name: 'warp', package: 'warp', port: 3030 },
  { name: 'poem', package: 'poem', port: 3000 },
  { name: 'salvo', package: 'salvo', port: 5800 },
  { name: 'ntex', package: 'ntex', port: 8080 },
  { name: 'tide', package: 'tide', port: 8080 },
  { name: 'rouille', package: 'rouille', port: 8000 },
  { name: 'tiny-http', package: 'tiny_http', port: 8000 },
  { name: 'hyper', package: 'hyper', port: 3000 },
];
/** Libraries whose pages are compiled for the browser by a tool of their own, which Debian does not have. */
const OWN_TOOLS: Readonly<Record<string, string>> = { leptos: 'cargo-leptos', dioxus: 'dx', yew: 'trunk' };
/** Packages that need a library of the system, with Debian's that brings it. */
const NATIVE: Readonly<Record<string, readonly string[]>> = {
  'openssl-sys': ['libssl-dev'],
  'libsqlite3-sys': ['libsqlite3-dev'],
  'pq-sys': ['libpq-dev'],
  'mysqlclient-sys': ['libmariadb-dev'],
  bindgen: ['libclang-dev'],
  cmake: ['cmake'],
  'prost-build': ['protobuf-compiler'],
};
const PORT_IN_SOURCE =
  /(?:"(?:0\.0\.0\.0|127\.0\.0\.1|localhost|\[::1?\]):(\d{2,5})"|"(?:0\.0\.0\.0|127\.0\.0\.1|localhost)",\s{0,8}(\d{2,5})\s{0,4}\)|\[\s?(?:0,\s?0,\s?0,\s?0|127,\s?0,\s?0,\s?1)\s?\],\s{0,8}(\d{2,5}))/;
const HOME = `${TOOLS_FOLDER}/cargo`;
const TARGET = `${TOOLS_FOLDER}/target`;

/**
 * Plan for a Rust package with a program that serves; undefined for any other. What it builds stays outside of the app's own files.
 * @param around the root of the source, where the Cargo.toml of a workspace lies
 */
export function detectRust(listing: FileListing, around: FileListing, runtimes: Runtimes): Draft | undefined {
  if (runtimes.systems !== true) return undefined;
  const cargo = readCargo(listing, around.read('Cargo.toml'));
  const program = cargo?.programs[0];
  const web = WEB.find((one) => cargo?.dependencies.includes(one.package));
  if (cargo === undefined || program === undefined || web === undefined) return undefined;
  const tool = cargo.dependencies.flatMap((one) => OWN_TOOLS[one] ?? [])[0];
  const sources = listing.files.filter((file) => file.endsWith('.rs'));
  const main = [`src/bin/${program}.rs`, `src/bin/${program}/main.rs`, 'src/main.rs'];
  const texts = [...main.filter((file) => hasFile(listing, file)), ...sources].map(
    (file) => listing.read(file) ?? '',
  );
  const found = texts.flatMap((text) => PORT_IN_SOURCE.exec(text)?.slice(1).filter(Boolean) ?? [])[0];
  const named = web.env === undefined ? validPort(found) : undefined;
  const rust = chooseRust(listing, around, cargo, runtimes);
  const environment = copyEnvironment(listing);
  const locked = `${listing.read('Cargo.lock') ?? ''}\n${around.read('Cargo.lock') ?? ''}`;
  const native = Object.entries(NATIVE).flatMap(([name, packages]) =>
    locked.includes(`name = "${name}"`) || cargo.dependencies.includes(name) ? packages : [],
  );
  return {
    framework: web.name,
    runtime: 'rust',
    refusal: rust.refusal,
    toolchain: { name: 'rust', version: rust.version, from: 'debian' },
    ...(rust.suite === undefined
      ? {}
      : { system: { suite: rust.suite, packages: ['cargo', 'rustc', ...COMPILER_PACKAGES, ...native] } }),
    packageManager: 'cargo',
    install: `cargo build${hasLock(listing, around) ? ' --locked' : ''} --bin ${quote(program)}`,
    setup: environment.setup,
    start: `exec ${TARGET}/debug/${quote(program)}`,
    port: named ?? web.port,
    env: {
      PATH: SYSTEM_PATH,
      CARGO_HOME: HOME,
      CARGO_TARGET_DIR: TARGET,
      CARGO_INCREMENTAL: '0',
      CARGO_PROFILE_DEV_DEBUG: '0',
      CARGO_TERM_PROGRESS_WHEN: 'never',
      RUST_BACKTRACE: '1',
      ...web.env,
    },
    installHosts: ['index.crates.io', 'static.crates.io', 'crates.io'],
    reasons: [
      because('framework', `Cargo.toml makes it a Rust package, and it serves with ${web.name}.`),
      because(
        'manager',
        'cargo fetches the packages that its lock file names from crates.io, and builds them.',
      ),
      because('start', `The program "${program}" that was built starts it.`),
      named === undefined ? usualPort(web.port, web.name) : portNamedBy(named, 'Its source'),
      ...environment.reasons,
      ...(rust.refusal === undefined ? [because('version', rust.reason)] : []),
      ...(tool === undefined
        ? []
        : [
            because(
              'unmet',
              `Its pages are compiled for the browser by ${tool}, which is not there; they may stay empty.`,
            ),
          ]),
      ...(cargo.elsewhere.length === 0
        ? []
        : [
            because(
              'unmet',
              `${cargo.elsewhere.slice(0, 4).join(', ')} ${cargo.elsewhere.length === 1 ? 'comes' : 'come'} from a repository, which only the operator can allow.`,
            ),
          ]),
    ],
    confidence: listing.files.some((file) => /\.(html|tera|hbs|j2|askama|stpl|ructe)$/.test(file)) ? 3 : 2,
  };
}

const hasLock = (listing: FileListing, around: FileListing): boolean =>
  hasFile(listing, 'Cargo.lock') || hasFile(around, 'Cargo.lock');
