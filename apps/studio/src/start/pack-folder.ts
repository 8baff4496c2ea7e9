import { packTar } from 'modern-tar';
import type { FolderFile } from './given-files';

/** As much as the platform takes: more is not even read. */
const MAX_BYTES = 100 * 1024 * 1024;

/** A folder as tar.gz. @throws Error when it is too large to be sent */
export async function packFolder(files: readonly FolderFile[]): Promise<Blob> {
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  // A sentence for the page: it is shown as it is.
  if (bytes > MAX_BYTES)
    throw new TypeError(
      `The folder is ${Math.round(bytes / 1_000_000)} MB large, and at most 100 MB can be sent. Leave out media and build results, or give a Git address.`,
    );
  const entries = await Promise.all(
    files.map(async ({ path, file }) => {
      const body = new Uint8Array(await file.arrayBuffer());
      return { header: { name: path, size: body.length }, body };
    }),
  );
  const archive = new Blob([await packTar(entries)]);
  const gzip = await new Response(archive.stream().pipeThrough(new CompressionStream('gzip'))).blob();
  return new Blob([gzip], { type: 'application/gzip' });
}
