import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { loadSecrets, rotateSecretsKey } from './secrets';
import type { Secrets } from './secrets';

const home = mkdtempSync(join(tmpdir(), 'showrunner-secrets-'));
const path = join(home, 'secrets.json');
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('a rotation makes a new key, keeps those before, and changes nothing else', () => {
  const before = loadSecrets(home, {});
  rotateSecretsKey(home);
  const first = loadSecrets(home, {});
  rotateSecretsKey(home);
  const second = loadSecrets(home, {});
  const { secretsKey, previousSecretsKeys, ...others } = second;
  expect(others).toEqual(before);
  expect(secretsKey).toMatch(/^[\w-]{43}$/);
  expect(previousSecretsKeys).toEqual([first.secretsKey]);
  expect(JSON.parse(readFileSync(path, 'utf8')) as Secrets).toEqual(second);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
