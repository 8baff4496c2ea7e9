import { answerOf, api } from '../api/client';
import type { Schemas } from '../api/client';
import { Problem } from '../api/problem';
import { OWN_PAGE, refreshingFetch } from '../api/refresh';
import { packFolder } from './pack-folder';
import type { GivenFiles } from './given-files';
import { bodyOf } from './source-body';
import type { MadeSource } from './source-body';

/** Where the app is, as it was given. */
export type GivenSource =
  | { kind: 'git'; url: string; branch: string; subdir: string }
  | { kind: 'files'; given: GivenFiles; subdir: string }
  | MadeSource;

/** Stores a source as a project. @throws Problem what the platform refused, and why */
export async function createProject(source: GivenSource): Promise<Schemas['Project']> {
  if (source.kind === 'template' || source.kind === 'prompt') {
    const body = bodyOf(source);
    if (body === undefined) throw new TypeError('The form lets nothing pass that is not whole.');
    return await answerOf(api.POST('/projects', { body }));
  }
  const subdir = source.subdir.trim() === '' ? {} : { subdir: source.subdir.trim() };
  if (source.kind === 'git') {
    const { url, branch } = source;
    const git = {
      kind: 'git' as const,
      url: url.trim(),
      ...(branch.trim() === '' ? {} : { branch: branch.trim() }),
    };
    return await answerOf(api.POST('/projects', { body: { source: git, ...subdir } }));
  }
  const { given } = source;
  const archive = given.kind === 'archive' ? given.file : await packFolder(given.files);
  const form = new FormData();
  form.append('project', JSON.stringify({ name: given.name, ...subdir }));
  form.append('archive', archive, given.kind === 'archive' ? given.name : `${given.name}.tar.gz`);
  // Forms with files are not typed by the document.
  const response = await refreshingFetch(
    new Request('/api/projects', { method: 'POST', headers: OWN_PAGE, body: form }),
  );
  if (!response.ok) throw await Problem.of(response);
  return (await response.json()) as Schemas['Project'];
}
