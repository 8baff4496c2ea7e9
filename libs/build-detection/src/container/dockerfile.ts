import { firstOf, type FileListing } from '../listing';
import { validPort } from '../ports';

export interface Dockerfile {
  file: string;
  /** What the container runs, as one shell line; undefined when only its base image says so. */
  command: string | undefined;
  port: number | undefined;
}

/** The Dockerfile of a folder, as far as its last stage says what runs and which port it names. Pure, no build. */
export function findDockerfile(listing: FileListing): Dockerfile | undefined {
  const file = firstOf(listing, ['Dockerfile', 'Containerfile']);
  return file === undefined ? undefined : readDockerfile(listing, file);
}

/** What one Dockerfile says; of one that was not read, nothing. Pure. */
export function readDockerfile(listing: FileListing, file: string): Dockerfile {
  const variables = new Map<string, string>();
  let port: number | undefined;
  let entry: string | undefined;
  let command: string | undefined;
  for (const { word, rest } of instructions(listing.read(file) ?? '')) {
    if (word === 'FROM') [port, entry, command] = [undefined, undefined, undefined];
    else if (word === 'ENV' || word === 'ARG') remember(variables, rest);
    else if (word === 'EXPOSE') port ??= validPort(resolve(variables, rest.split(/[\s/]/, 1)[0] ?? ''));
    else if (word === 'ENTRYPOINT') entry = commandLine(rest);
    else if (word === 'CMD') command = commandLine(rest);
  }
  const line = [entry, command].filter((one) => one !== undefined).join(' ');
  return { file, command: line === '' ? undefined : line, port };
}

/** Instructions with their continued lines joined and comments left out. */
function instructions(text: string): { word: string; rest: string }[] {
  const found: { word: string; rest: string }[] = [];
  let open = '';
  for (const raw of text.split('\n').slice(0, 2000)) {
    const line = raw.trim();
    if (line.startsWith('#') || line === '') continue;
    const whole = `${open}${line}`;
    if (whole.endsWith('\\') && whole.length < 16_384) {
      open = `${whole.slice(0, -1).trimEnd()} `;
      continue;
    }
    open = '';
    const at = whole.search(/\s/);
    if (at > 0) found.push({ word: whole.slice(0, at).toUpperCase(), rest: whole.slice(at).trim() });
  }
  return found;
}

function remember(variables: Map<string, string>, rest: string): void {
  const old = /^(\w+)\s+(\S+)$/.exec(rest);
  if (old !== null) variables.set(old[1] ?? '', old[2] ?? '');
  for (const [, name = '', value = ''] of rest.matchAll(/(?:^|\s)(\w{1,64})=["']?([\w.-]{0,64})/g))
    variables.set(name, value);
}

const resolve = (variables: ReadonlyMap<string, string>, text: string): string => {
  const name = /^\$\{?(\w+)/.exec(text)?.[1];
  return name === undefined ? text : (variables.get(name) ?? '');
};

function commandLine(rest: string): string {
  if (!rest.startsWith('[')) return rest;
  try {
    const words: unknown = JSON.parse(rest);
    return Array.isArray(words) ? words.map(String).join(' ') : rest;
  } catch (error) {
    if (error instanceof SyntaxError) return rest;
    throw error;
  }
}
