import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Route } from '../boot/boot-service';

/** The committed description of the REST API as routes with Express parameters, `GET /api/runs/:id`, sorted. */
export function openApiRoutes(): Route[] {
  const file = resolve(import.meta.dirname, '../../../../docs/openapi.json');
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as {
    paths: Record<string, Record<string, unknown>>;
  };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => ({
      method: method.toUpperCase(),
      path: path.replace(/\{(\w+)\}/g, ':$1'),
    })),
  );
}
