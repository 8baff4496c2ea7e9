import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import path from 'node:path';
import type { CreateProject } from '@showrunner/contracts';
import type { ApiClient } from './api-client';
import { readGitOptions, runRequest } from './film-options';
import type { FilmOptions } from './film-options';
import type { Interrupts } from './interrupts';
import { packFolder } from './pack-folder';
import { prepareFolder } from './save-results';
import { readSourceArgument } from './source-argument';
import type { SourceArgument } from './source-argument';
import { EXIT, watchRun } from './watch-run';

/**
 * `film`: makes a project of the source, starts a run and watches it. Everything that can be wrong with the input is found before the
 * platform is started or asked for anything.
 */
export async function film(
  connectApi: () => Promise<ApiClient>,
  argument: string,
  options: FilmOptions,
  interrupts: Interrupts,
): Promise<number> {
  const source = readSourceArgument(argument);
  runRequest('', options);
  const git = readGitOptions(options, source.kind);
  const archive = await archiveOf(source);
  await prepareFolder(path.resolve(options.out));
  if (interrupts.interruption !== 'none') return EXIT.interrupted;
  const api = await connectApi();
  const project = await createProject(api, source, git, archive);
  if (interrupts.interruption !== 'none') return EXIT.interrupted;
  // The key makes it one run, should the answer get lost and the request be sent again.
  const run = await api.post<{ id: string }>('/runs', {
    json: runRequest(project.id, options),
    headers: { 'idempotency-key': randomUUID() },
    repeatable: true,
  });
  return watchRun(api, run.id, options, interrupts);
}

interface Archive {
  name: string;
  fileName: string;
  content: Blob;
}

async function archiveOf(source: SourceArgument): Promise<Archive | undefined> {
  if (source.kind === 'git') return undefined;
  if (source.kind === 'archive') {
    const name = path.basename(source.file);
    return { name, fileName: name, content: await openAsBlob(source.file) };
  }
  const name = path.basename(source.folder) || 'app';
  const packed = await packFolder(source.folder);
  return { name, fileName: `${name}.tar.gz`, content: new Blob([new Uint8Array(packed)]) };
}

async function createProject(
  api: ApiClient,
  source: SourceArgument,
  { branch, subdir }: { branch?: string; subdir?: string },
  archive: Archive | undefined,
): Promise<{ id: string }> {
  const inSubdir = subdir ? { subdir } : {};
  if (source.kind === 'git') {
    const git = { kind: 'git' as const, url: source.url, ...(branch ? { branch } : {}), ...inSubdir };
    const json: CreateProject = { source: git };
    return api.post('/projects', { json });
  }
  const form = new FormData();
  form.append('project', JSON.stringify({ name: archive?.name, ...inSubdir }));
  if (archive) form.append('archive', archive.content, archive.fileName);
  return api.post('/projects', { form });
}
