import { describe, expect, test } from '@jest/globals';
import type { BuildSpec } from '@showrunner/contracts';
import { detect } from '../detect';
import { listingOf } from '../listing';
import { at, type Files } from '../testing/shape';

const SYSTEMS = { node: '20.19.0', python: '3.11.2', go: null, systems: true };
const detected = (files: Files, systems = true): Promise<BuildSpec> =>
  detect(listingOf(files), { runtimes: { ...SYSTEMS, systems } });
const cargo = (more = '', dependencies = 'axum = "0.8"'): string =>
  `[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n${more}\n[dependencies]\n${dependencies}\n`;
const MAIN = 'fn main() { let at = "0.0.0.0:4040"; }';

describe('a Rust source', () => {
  test('with a web library is built by cargo of the newest stable Debian and started as the program that was built', async () => {
    const found = await detected({
      'Cargo.toml': cargo(),
      'Cargo.lock': '[[package]]\nname = "libsqlite3-sys"\n',
      'src/main.rs': MAIN,
      'templates/home.html': '',
    });
    expect(found).toMatchObject({
      framework: 'axum',
      runtime: 'rust',
      packageManager: 'cargo',
      toolchain: { name: 'rust', version: '1.85', from: 'debian' },
      system: {
        suite: 'trixie',
        packages: expect.arrayContaining(['cargo', 'rustc', 'gcc', 'libsqlite3-dev']),
      },
      install: 'cargo build --locked --bin shop',
      start: 'exec /app/.showrunner/target/debug/shop',
      port: 4040,
    });
  });

  test.each<[string, string, Files, string]>([
    ['the program that runs by itself', cargo('default-run = "web"'), { 'src/bin/web.rs': '' }, 'web'],
    ['another name for src/main.rs', `${cargo()}[[bin]]\nname = "site"\npath = "src/main.rs"\n`, {}, 'site'],
    ['a program of src/bin alone', cargo(), { 'src/main.rs': '', 'src/bin/cli.rs': '' }, 'shop'],
  ])('%s', async (_name, text, files, program) => {
    const found = await detected({ 'src/main.rs': MAIN, ...files, 'Cargo.toml': text });
    expect(found.start).toBe(`exec /app/.showrunner/target/debug/${program}`);
  });

  test('that asks for a newer Rust than stable Debian has gets that of the suite in the making', async () => {
    const found = await detected({ 'Cargo.toml': cargo('rust-version = "1.90"'), 'src/main.rs': MAIN });
    expect(found).toMatchObject({ toolchain: { version: '1.97' }, system: { suite: 'forky' } });
  });

  test('as a member of a workspace takes versions and pins of the root', async () => {
    const found = await detected({
      'Cargo.toml':
        '[workspace]\nmembers = ["site"]\n[workspace.package]\nrust-version = "1.80"\n[workspace.dependencies]\nrocket = { git = "https://example.org/rocket" }\n',
      'Cargo.lock': '',
      'rust-toolchain.toml': '[toolchain]\nchannel = "1.85.0"\n',
      ...at('site', {
        'Cargo.toml':
          '[package]\nname = "site"\nrust-version.workspace = true\n[dependencies]\nrocket.workspace = true\n',
        'src/main.rs': '',
      }),
    });
    expect(found).toMatchObject({
      dir: 'site',
      framework: 'rocket',
      toolchain: { version: '1.85' },
      system: { suite: 'trixie' },
      env: { ROCKET_PORT: '8000' },
    });
    expect(found.reasons).toContainEqual({
      what: 'unmet',
      because: 'rocket comes from a repository, which only the operator can allow.',
    });
  });

  test.each<[string, Files, boolean, string, RegExp]>([
    ['a version that Debian lacks', { 'rust-toolchain': '1.50.0\n' }, true, 'runtime_unavailable', /1\.85/],
    [
      'nightly',
      { 'rust-toolchain.toml': '[toolchain]\nchannel = "nightly"' },
      true,
      'runtime_unavailable',
      /1\.97/,
    ],
    [
      'a lowest version that is too new',
      { 'Cargo.toml': cargo('rust-version = "1.999"') },
      true,
      'runtime_unavailable',
      /1\.97/,
    ],
    [
      'a path',
      { 'rust-toolchain.toml': '[toolchain]\npath = "/usr/evil"' },
      true,
      'runtime_pin_refused',
      /rust@/,
    ],
    ['an address', { 'rust-toolchain': 'https://example.org/rust\n' }, true, 'runtime_pin_refused', /rust@/],
    ['no systems', {}, false, 'nothing_to_run', /--start/],
    [
      'a library',
      { 'Cargo.toml': cargo('', ''), 'src/main.rs': '', 'src/lib.rs': '' },
      true,
      'nothing_to_run',
      /serve|page/,
    ],
  ])('%s is refused, with what can be done', async (_name, files, systems, code, remedy) => {
    const refusal = detected({ 'Cargo.toml': cargo(), 'src/main.rs': MAIN, ...files }, systems);
    await expect(refusal).rejects.toMatchObject({ code, remedy: expect.stringMatching(remedy) });
  });

  test('whose web library is there for a feature only is a tool of the command line', async () => {
    const refusal = detected({
      'Cargo.toml': cargo('', 'axum = { version = "0.8", optional = true }\nclap = "4"'),
      'src/main.rs': MAIN,
    });
    await expect(refusal).rejects.toMatchObject({
      code: 'nothing_to_run',
      message: expect.stringContaining('Cargo.toml makes the program "shop"'),
    });
  });

  test('no content of its files takes long or breaks it', async () => {
    const started = performance.now();
    for (const text of [
      '[package',
      '[package]\nname = 3',
      '[[bin]]\nname = "../x"',
      '[ 0, '.repeat(20_000),
      '"0.0.0.0:'.repeat(20_000),
    ])
      await detected({ 'Cargo.toml': text, 'src/main.rs': text, 'index.html': '' });
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
