import { openAsBlob } from 'node:fs';
import path from 'node:path';
import type { CreateProject } from '@showrunner/contracts';
import type { ApiClient } from './api-client';
import { runRequest } from './film-options';
import type { FilmOptions } from './film-options';
import { packFolder } from './pack-folder';
import { readSourceArgument } from './source-argument';
import type { SourceArgument } from './source-argument';
import { watchRun } from './watch-run';

/** `film`: makes a project of the source, starts a run and watches it. Input is checked before the platform is asked for anything. */
export async function film(
  connectApi: () => ApiClient,
  argument: string,
  options: FilmOptions,
): Promise<number> {
  const source = readSourceArgument(argument);
  runRequest('', options);
  const api = connectApi();
  const project = await createProject(api, source, options);
  const run = await api.post<{ id: string }>('/runs', { json: runRequest(project.id, options) });
  process.stderr.write(`Run ${run.id}\n`);
  return watchRun(api, run.id, options);
}

async function createProject(
  api: ApiClient,
  source: SourceArgument,
  options: FilmOptions,
): Promise<{ id: string }> {
  const { subdir, branch } = options;
  if (source.kind === 'git') {
    const json: CreateProject = {
      source: { kind: 'git', url: source.url, ...(branch ? { branch } : {}), ...(subdir ? { subdir } : {}) },
    };
    return api.post('/projects', { json });
  }
  const name = path.basename(source.kind === 'folder' ? source.folder : source.file);
  const [archive, fileName] =
    source.kind === 'folder'
      ? [new Blob([new Uint8Array(await packFolder(source.folder))]), `${name}.tar.gz`]
      : [await openAsBlob(source.file), name];
  const form = new FormData();
  form.append('project', JSON.stringify({ name, ...(subdir ? { subdir } : {}) }));
  form.append('archive', archive, fileName);
  return api.post('/projects', { form });
}
