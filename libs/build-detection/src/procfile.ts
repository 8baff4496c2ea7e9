import type { FileListing } from './listing';

/** The command of the `web` process of a Procfile; undefined when there is none. */
export function webProcess(listing: FileListing): string | undefined {
  for (const line of (listing.read('Procfile') ?? '').split('\n')) {
    const command = line.startsWith('web:') ? line.slice('web:'.length).trim() : '';
    if (command !== '') return command;
  }
  return undefined;
}

/** What the platforms of Procfiles run once, at a release, or not at all by themselves. */
const NOT_BESIDE = new Set(['web', 'release', 'console']);
const MOST = 4;

/** The other processes of a Procfile, with their commands. */
export function otherProcessesOfProcfile(listing: FileListing): [name: string, command: string][] {
  return (listing.read('Procfile') ?? '')
    .split('\n')
    .flatMap((line): [string, string][] => {
      const [, name, command] = /^([\w-]{1,40}):\s{0,8}(\S.{0,2000})$/.exec(line.trimEnd()) ?? [];
      return name === undefined || command === undefined || NOT_BESIDE.has(name) ? [] : [[name, command]];
    })
    .slice(0, MOST);
}
