import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import type { ProjectFile } from './project-file';

/** Files as a tar.gz, as an upload would have brought them. */
export async function packFiles(files: readonly ProjectFile[]): Promise<Buffer> {
  const tar = pack();
  for (const { path, content } of files) tar.entry({ name: path }, content);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return gzipSync(Buffer.concat(chunks));
}
