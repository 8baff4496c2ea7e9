import type { FileListing } from './listing';

/** The command of the `web` process of a Procfile; undefined when there is none. */
export function webProcess(listing: FileListing): string | undefined {
  for (const line of (listing.read('Procfile') ?? '').split('\n')) {
    const command = line.startsWith('web:') ? line.slice('web:'.length).trim() : '';
    if (command !== '') return command;
  }
  return undefined;
}
