import { describedOperations } from '@showrunner/service/testing';
import type { DescribedOperation } from '@showrunner/service/testing';
import type { OwnedThings } from '../owned-things';

/** Not asked: answers without end, which only their own clients can read, and uploads of types that Schemathesis cannot write. */
const LEFT_OUT = [
  'GET /api/events',
  'GET /api/runs/{id}/events',
  'POST /api/sandboxes/{id}/files/upload',
  'POST /api/runs/{id}/whep',
];
/** Not asked, either: what waits for a sandbox, which no worker is there to make. Their contract is held by the tests of the sandbox service. */
const NEEDS_WORKER = [
  'POST /api/agents/{agentId}/execute',
  'POST /api/agents/{agentId}/run',
  'POST /api/sandbox/create',
  'DELETE /api/sandbox/{id}',
  'DELETE /api/sandboxes/{id}',
];

const ACCEPTED = ['2xx', '401', '402', '403', '404', '409', '429', '503'];
/**
 * Well formed and yet refused, which JSON Schema has no words for:
 * 422, what is asked for contradicts what is there or what the installation is set up for;
 * 400, a cursor that no page of the list has handed out, a source of a scheme that is not allowed, a box that lies beside the page.
 */
const isRefusedByContent = (path: string, query: readonly string[]): boolean =>
  query.includes('cursor') || ['/api/projects', '/api/runs/{runId}/timeline/operations'].includes(path);
/** Answered by sending the browser on to a page that tells what became of it. */
const SENDS_ON = ['/api/auth/oidc/callback'];
/** A body that is too large as a whole is not looked at. */
const REJECTED = ['400', '401', '403', '404', '405', '406', '409', '413', '415', '422', '428', '429', '5xx'];

/**
 * The settings of a run: the key, and ids of things that are there, so that requests get further than to 404.
 * What deletes gets ids of nothing: what it deletes would be missing for the rest.
 */
export function schemathesisConfig(key: string, things: OwnedThings): string {
  return [
    'request-timeout = 20.0',
    // NUL is refused everywhere, also in properties that nobody has asked for.
    'generation.allow-x00 = false',
    `headers = { Authorization = ${JSON.stringify(`Bearer ${key}`)} }`,
    `checks.positive_data_acceptance.expected-statuses = ${JSON.stringify([...ACCEPTED, '422'])}`,
    `checks.negative_data_rejection.expected-statuses = ${JSON.stringify(REJECTED)}`,
    ...[...LEFT_OUT, ...NEEDS_WORKER].flatMap((name) => [
      ...['[[operations]]', `include-name = ${JSON.stringify(name)}`, 'enabled = false'],
    ]),
    ...describedOperations().flatMap((operation) => settingsOf(operation, things)),
  ].join('\n');
}

function settingsOf({ method, path, parameters }: DescribedOperation, things: OwnedThings): string[] {
  const known =
    method === 'DELETE'
      ? []
      : [...path.matchAll(/([\w-]+)\/\{(\w+)\}/g)].flatMap(([, collection = '', name]) => {
          const owned = path.endsWith('/check') ? 'check' : collection;
          return owned in things
            ? [`"path.${name}" = ${JSON.stringify(things[owned as keyof OwnedThings])}`]
            : [];
        });
  const more = [
    ...(isRefusedByContent(path, parameters) ? ['400'] : []),
    ...(SENDS_ON.includes(path) ? ['303'] : []),
  ];
  return [
    ...['[[operations]]', `include-name = ${JSON.stringify(`${method} ${path}`)}`],
    `parameters = { ${known.join(', ')} }`,
    ...(more.length > 0
      ? [
          `checks.positive_data_acceptance.expected-statuses = ${JSON.stringify([...ACCEPTED, '422', ...more])}`,
        ]
      : []),
  ];
}
