import { openAsBlob } from 'node:fs';
import path from 'node:path';
import type { CreateProject } from '@showrunner/contracts';
import { answerOf, type ApiClient } from '@showrunner/api-client';
import { packFolder } from './pack-folder';
import type { SourceArgument } from './source-argument';

/** A local source, packed and ready to be sent. */
export interface Archive {
  name: string;
  fileName: string;
  content: Blob;
}

/** What has to be uploaded of a source; undefined for a repository, which the sandbox fetches itself. */
export async function archiveOf(source: SourceArgument): Promise<Archive | undefined> {
  if (source.kind === 'git') return undefined;
  if (source.kind === 'archive') {
    const name = path.basename(source.file);
    return { name, fileName: name, content: await openAsBlob(source.file) };
  }
  const name = path.basename(source.folder) || 'app';
  const packed = await packFolder(source.folder);
  return { name, fileName: `${name}.tar.gz`, content: new Blob([new Uint8Array(packed)]) };
}

/** Makes a project of a source on the platform. */
export async function createProject(
  api: ApiClient,
  source: SourceArgument,
  { branch, subdir }: { branch?: string; subdir?: string },
  archive: Archive | undefined,
): Promise<{ id: string }> {
  const inSubdir = subdir ? { subdir } : {};
  if (source.kind === 'git') {
    const git = { kind: 'git' as const, url: source.url, ...(branch ? { branch } : {}), ...inSubdir };
    const body: CreateProject = { source: git };
    return answerOf(api.POST('/projects', { body }));
  }
  const form = new FormData();
  form.append('project', JSON.stringify({ name: archive?.name, ...inSubdir }));
  if (archive) form.append('archive', archive.content, archive.fileName);
  // With an archive it goes as multipart, which the document types as JSON.
  return answerOf(api.POST('/projects', { body: form as never, bodySerializer: () => form }));
}
