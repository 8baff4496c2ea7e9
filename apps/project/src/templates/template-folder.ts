import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TemplateSchema } from '@showrunner/contracts';
import type { Template } from '@showrunner/contracts';
import type { ProjectFile } from '@showrunner/generated-app';

/** Says what a template is; no part of the app. */
const MANIFEST = 'template.json';

/** The templates of a folder, each a folder of its own, by name. */
export async function readTemplates(folder: string): Promise<Template[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(
    names.sort().map(async (name) => {
      const manifest = JSON.parse(await readFile(join(folder, name, MANIFEST), 'utf8')) as object;
      return TemplateSchema.parse({ ...manifest, name });
    }),
  );
}

/** The files of one template's app, without what was installed or built beside them. */
export async function readTemplateFiles(folder: string, name: string): Promise<ProjectFile[]> {
  const root = join(folder, name);
  const files: ProjectFile[] = [];
  const read = async (below: string): Promise<void> => {
    for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (path === MANIFEST || LEFT_OUT.has(entry.name)) continue;
      if (entry.isDirectory()) await read(path);
      else files.push({ path, content: await readFile(join(root, path), 'utf8') });
    }
  };
  await read('');
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const LEFT_OUT = new Set(['node_modules', 'dist', '.next', '.svelte-kit', '__pycache__', '.venv']);
