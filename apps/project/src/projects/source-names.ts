import { InvalidInputError } from '@showrunner/contracts';

/** `https://host/owner/kanban.git`, `git@host:owner/kanban.git` → `kanban`. */
export function nameOfRepository(address: string): string {
  // No URL: the short form of SSH addresses.
  const url = new URL(address.includes('://') ? address : `ssh://${address.replace(/:(?!.*\])/, '/')}`);
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const last = safelyDecoded(parts.at(-1) ?? '').replace(/\.git$/, '');
  return last === '' ? url.hostname : last;
}

/** `kanban-main.tar.gz` → `kanban-main`. */
export function nameOfArchive(fileName: string): string {
  const name = fileName.replace(/\.(zip|tar|tgz|tar\.gz)$/i, '').trim();
  return name === '' ? 'upload' : name;
}

const NAME_LENGTH = 60;

/** The first words of a prompt. */
export function nameOfPrompt(prompt: string): string {
  const line = prompt.replace(/\s+/g, ' ').trim();
  if (line.length <= NAME_LENGTH) return line;
  const cut = line.slice(0, NAME_LENGTH);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), NAME_LENGTH / 2)).trim()} …`;
}

/**
 * A folder below the root of the source; whether it exists is seen when the source is there.
 * @throws {InvalidInputError} `subdir_invalid`
 */
export function checkSubdirText(subdir: string): void {
  const parts = subdir.split(/[/\\]/);
  const isPlain =
    !subdir.startsWith('/') && !subdir.startsWith('-') && !subdir.includes('\0') && !parts.includes('..');
  if (isPlain) return;
  throw new InvalidInputError(
    'subdir_invalid',
    `"${subdir.slice(0, 100)}" is not a folder inside the source.`,
    {
      remedy: 'Give a folder relative to the root of the source, without "..", for example apps/web.',
    },
  );
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoded after all.
    return text;
  }
}
