import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Route } from '../boot/boot-service';

interface DescribedOperation {
  'x-service': string;
  'x-websocket'?: object;
}

/**
 * The committed description of the REST API as routes with Express parameters, `GET /api/runs/:id`; without WebSockets, which are no
 * routes.
 * @param service only what this one answers
 */
export function openApiRoutes(service?: string): Route[] {
  const file = resolve(import.meta.dirname, '../../../../docs/openapi.json');
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as {
    paths: Record<string, Record<string, DescribedOperation>>;
  };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { 'x-service': by }]) => service === undefined || by === service)
      .filter(([, operation]) => operation['x-websocket'] === undefined)
      .map(([method]) => ({
        method: method.toUpperCase(),
        path: path.replace(/\{(\w+)\}/g, ':$1'),
      })),
  );
}
