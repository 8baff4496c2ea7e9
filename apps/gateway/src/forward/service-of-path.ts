import document from '../../../../docs/openapi.json' with { type: 'json' };

export const INNER_SERVICES = ['project', 'sandbox', 'intent', 'editor'] as const;
export type InnerService = (typeof INNER_SERVICES)[number];

interface ServedPath {
  segments: string[];
  service: InnerService;
}

/** Paths of the API with the service that declares each of them, as its controllers say it (`npm run openapi`). */
const servedPaths: ServedPath[] = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.values(operations as Record<string, { 'x-service': string }>)
    .slice(0, 1)
    .flatMap((operation) => {
      const service = INNER_SERVICES.find((name) => name === operation['x-service']);
      return service === undefined ? [] : [{ segments: path.split('/'), service }];
    }),
);

/** Which inner service answers a path; null when none does. */
export function serviceOfPath(path: string): InnerService | null {
  const segments = path.replace(/\/$/, '').split('/');
  return servedPaths.find((served) => matches(served.segments, segments))?.service ?? null;
}

const matches = (template: readonly string[], segments: readonly string[]): boolean =>
  template.length === segments.length &&
  template.every((part, index) => (part.startsWith('{') ? segments[index] !== '' : part === segments[index]));
