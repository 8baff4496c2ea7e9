import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openApiDocument } from './openapi-document';
import { operations } from './operations';

const committed = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../../docs/openapi.json'), 'utf8'),
) as unknown;

describe('the OpenAPI document', () => {
  it('is the committed docs/openapi.json (npm run openapi in apps/gateway writes it)', () => {
    expect(openApiDocument()).toEqual(committed);
  });

  it('names every operation once', () => {
    const ids = operations.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const routes = operations.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(routes).size).toBe(routes.length);
  });

  it('describes problems of every operation that needs a key', () => {
    const { paths } = openApiDocument() as { paths: Record<string, Record<string, { responses: object }>> };
    for (const { path, method, isPublic } of operations) {
      const codes = Object.keys(paths[path]?.[method]?.responses ?? {});
      expect([path, codes.includes('401')]).toEqual([path, isPublic !== true]);
    }
  });

  it('refers only to schemas that it holds, and holds none that nothing refers to', () => {
    const document = openApiDocument() as { components: { schemas: object } };
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref ?? '');
    expect(refs.filter((ref) => !ref.startsWith('#/components/schemas/'))).toEqual([]);
    const used = new Set(refs.map((ref) => ref.slice('#/components/schemas/'.length)));
    expect([...used].sort()).toEqual(Object.keys(document.components.schemas).sort());
  });
});
