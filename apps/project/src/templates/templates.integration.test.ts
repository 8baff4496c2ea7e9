import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { detect, listingOf } from '@showrunner/build-detection';
import { scanApp } from '@showrunner/generated-app';
import { readTemplateFiles, readTemplates } from './template-folder';
import { TemplatesService } from './templates.service';

const FOLDER = resolve(import.meta.dirname, '../../../../examples/templates');
/** How each is built, as detection says it: framework and install. */
const BUILDS: Record<string, [string, string | null]> = {
  express: ['Express', 'npm'],
  fastapi: ['FastAPI', 'pip'],
  fastify: ['Fastify', 'npm'],
  flask: ['Flask', 'pip'],
  go: ['go', 'go build'],
  html: ['static', null],
  nextjs: ['next', 'npm'],
  react: ['Vite', 'npm'],
  svelte: ['Vite', 'npm'],
  vue: ['Vite', 'npm'],
};

describe('the gallery of templates', () => {
  it('has each of its apps in the table', async () => {
    const templates = await readTemplates(FOLDER);
    expect(templates.map(({ name }) => name)).toEqual(Object.keys(BUILDS));
    expect(new Set(templates.map(({ stack }) => stack)).size).toBe(templates.length);
  });

  it.each(Object.entries(BUILDS))(
    '%s is detected, from the files that a project gets',
    async (name, [framework, install]) => {
      const files = await readTemplateFiles(FOLDER, name);
      expect(files.map(({ path }) => path)).not.toContain('template.json');
      // Go is compiled by its build alone, and so are the templates of components; all else is read as what a model writes is.
      const read = files
        .filter(({ path }) => !/\.go$|^go\.mod$/.test(path))
        .map(({ path, content }) =>
          /\.(vue|svelte)$/.test(path)
            ? {
                path: `${path}.js`,
                content: /<script[^>]*>([\s\S]*?)<\/script>/.exec(content)?.[1] ?? 'no script',
              }
            : { path, content },
        );
      expect(await scanApp(read)).toEqual([]);
      const listing = listingOf(Object.fromEntries(files.map(({ path, content }) => [path, content])));
      const spec = await detect(listing, { runtimes: { node: '20.19.0', python: '3.11.0', go: '1.22.2' } });
      expect(spec.framework.toLowerCase()).toBe(framework.toLowerCase());
      if (install === null) expect(spec.install).toBeNull();
      else expect(spec.install).toContain(install);
    },
  );

  it('knows no template by a path', async () => {
    const templates = new TemplatesService(FOLDER);
    for (const name of ['../kanban', '.', '', 'html/..', 'none'])
      await expect(templates.open(name)).rejects.toMatchObject({ code: 'template_not_found' });
  });
});
