/** A file of a folder, by its path below it. */
export interface FolderFile {
  path: string;
  file: File;
}
/** What was dropped or chosen: one archive, or the files of a folder. */
export type GivenFiles =
  { kind: 'archive'; name: string; file: File } | { kind: 'folder'; name: string; files: FolderFile[] };

const ARCHIVE = /\.(zip|tar|tgz|tar\.gz)$/i;
/** Made by installing or building, or nobody's business: never sent. */
const LEFT_OUT = new Set([
  ...[
    'node_modules',
    '.git',
    '.hg',
    '.svn',
    '.next',
    '.nuxt',
    '.venv',
    'venv',
    '__pycache__',
    '.turbo',
    '.cache',
  ],
  ...['.DS_Store', '.env', '.env.local'],
]);
const isSent = (path: string): boolean => !path.split('/').some((part) => LEFT_OUT.has(part));

/** @returns undefined when what was given is neither an archive nor a folder with files */
export function ofChosen(files: readonly File[]): GivenFiles | undefined {
  const [first] = files;
  if (first === undefined) return undefined;
  if (files.length === 1 && first.webkitRelativePath === '')
    return ARCHIVE.test(first.name) ? { kind: 'archive', name: first.name, file: first } : undefined;
  const paths = files.map((file) => (file.webkitRelativePath === '' ? file.name : file.webkitRelativePath));
  return folderOf(files.map((file, at) => ({ path: paths[at] ?? file.name, file })));
}

/** What was dropped; folders are read to their ends. */
export async function ofDropped(items: DataTransferItemList): Promise<GivenFiles | undefined> {
  // The list is only there until the event ends: everything is taken out of it first.
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const files = [...items].map((item) => item.getAsFile()).filter((file) => file !== null);
  if (entries.every((entry) => entry.isFile)) return ofChosen(files);
  return folderOf((await Promise.all(entries.map((entry) => filesBelow(entry)))).flat());
}

/** A folder that holds everything is the app itself: its name is the app's, and stands in no path. */
function folderOf(files: FolderFile[]): GivenFiles | undefined {
  const sent = files.filter(({ path }) => isSent(path));
  const top = sent[0]?.path.split('/')[0];
  if (top === undefined) return undefined;
  const isWrapped = sent.every(({ path }) => path.startsWith(`${top}/`));
  return {
    kind: 'folder',
    name: isWrapped ? top : 'app',
    files: isWrapped ? sent.map(({ path, file }) => ({ path: path.slice(top.length + 1), file })) : sent,
  };
}

async function filesBelow(entry: FileSystemEntry): Promise<FolderFile[]> {
  const path = entry.fullPath.replace(/^\//, '');
  if (!isSent(path)) return [];
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [{ path, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const below: FileSystemEntry[] = [];
  // A reader hands out a hundred at a time, and nothing when it is through.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) break;
    below.push(...some);
  }
  return (await Promise.all(below.map((one) => filesBelow(one)))).flat();
}
