import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { runCommand } from '../tooling/run-command.mjs';
import { repositoryRoot } from '../tooling/paths.mjs';

interface Operation {
  operationId: string;
  security?: unknown[];
  responses: Record<string, unknown>;
  'x-service': string;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: object };
}

const committed = JSON.parse(readFileSync(join(repositoryRoot, 'docs/openapi.json'), 'utf8')) as Document;
const operations = Object.values(committed.paths).flatMap((methods) => Object.values(methods));

/** By which people come in. */
const SIGN_IN = [
  ...['beGuest', 'beginOpenIdConnect', 'finishOpenIdConnect', 'getSignInOptions'],
  ...['lookAtInvitation', 'refreshSession', 'signIn', 'signUp'],
];

describe('the OpenAPI document', () => {
  it('is what the controllers say (npm run openapi writes it)', async () => {
    await runCommand(process.execPath, [join(repositoryRoot, 'infra/openapi/main.mjs'), '--check']);
  });

  it('refers only to schemas that it holds, and holds none that nothing refers to', () => {
    const refs = [...JSON.stringify(committed).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref ?? '');
    expect(refs.filter((ref) => !ref.startsWith('#/components/schemas/'))).toEqual([]);
    const used = new Set(refs.map((ref) => ref.slice('#/components/schemas/'.length)));
    expect([...used].sort()).toEqual(Object.keys(committed.components.schemas).sort());
  });

  it('describes problems of every operation that needs a key', () => {
    for (const { operationId, security, responses } of operations.filter(
      (operation) => !SIGN_IN.includes(operation.operationId),
    ))
      expect([operationId, '401' in responses]).toEqual([operationId, security === undefined]);
  });

  it('lets only health, and that by which people come in, be asked without a key', () => {
    const open = operations.filter(({ security }) => security !== undefined);
    expect(open.map(({ operationId }) => operationId).sort()).toEqual(
      ['isAlive', 'isReady', ...SIGN_IN].sort(),
    );
  });

  it('says of every operation which service answers it, and of a path only one', () => {
    for (const [path, methods] of Object.entries(committed.paths)) {
      const services = new Set(Object.values(methods).map((operation) => operation['x-service']));
      expect([path, services.size]).toEqual([path, 1]);
    }
  });
});
