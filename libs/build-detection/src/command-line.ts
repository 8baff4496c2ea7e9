import { depthOf, firstOf, type FileListing } from './listing';
import { readCargo } from './rust/cargo-manifest';

const PYTHON = /^\s{0,8}(?:import|from)\s{1,4}(argparse|click|typer|fire|docopt)\b/m;
const GO = /"(github\.com\/spf13\/cobra|github\.com\/urfave\/cli[^"]{0,20}|flag)"/;
const MOST_READ = 40;

/** What makes a source a tool of the command line, as the end of a sentence; undefined where nothing does. */
export function commandLineTool(listing: FileListing): string | undefined {
  const manifest = listing.read('package.json') ?? '';
  if (/"bin"\s{0,4}:\s{0,4}["{]/.test(manifest)) return 'package.json names a command under "bin"';
  const project = listing.read('pyproject.toml') ?? '';
  if (/^\[(?:project\.scripts|tool\.poetry\.scripts)\]/m.test(project))
    return 'pyproject.toml names a command under "scripts"';
  const read = (ending: string): [string, string][] =>
    listing.files
      .filter((file) => file.endsWith(ending) && depthOf(file) <= 2 && !/(^|\/)tests?\//.test(file))
      .slice(0, MOST_READ)
      .map((file) => [file, listing.read(file) ?? '']);
  for (const [file, text] of read('.py')) {
    const library = PYTHON.exec(text)?.[1];
    if (library !== undefined) return `${file} reads its arguments with ${library}`;
  }
  for (const [file, text] of read('.go')) if (GO.test(text)) return `${file} reads its arguments`;
  const cargo = readCargo(listing);
  if (cargo?.programs[0] !== undefined) return `Cargo.toml makes the program "${cargo.programs[0]}"`;
  const composer = listing.read('composer.json') ?? '';
  if (/"bin"\s{0,4}:\s{0,4}["[]/.test(composer)) return 'composer.json names a command under "bin"';
  const executable = listing.files.find((file) => /^exe\/[\w-]{1,60}$/.test(file));
  if (executable !== undefined) return `${executable} is the command of a gem`;
  const script = firstOf(listing, [
    'main.py',
    'script.py',
    'main.rb',
    'cli.rb',
    'run.sh',
    'main.sh',
    'cli.js',
    'cli.py',
    'index.js',
  ]);
  return script === undefined ? undefined : `${script} is a plain script`;
}

/** What would make it something to film. */
export const HOW_TO_FILM =
  'A film shows a page in a browser. Add a small page that runs the tool and shows what it prints (a form for its arguments, its output in <pre>), and say how that is started with --start "<command>"; the port to use is in PORT.';
