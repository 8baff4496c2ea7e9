import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { autoStopMinutes } from './auto-stop';
import { boxImage, DEFAULT_IMAGE } from './box-image';
import { callersLabels, LABEL, ownLabels, requireCallersLabels, requireSandboxId } from './box-labels';
import { limitsInForce, resourcesFor } from './box-limits';
import { SDK_VERSION } from './daytona-connection';
import { describeBox } from './describe-box';

const GIB = 1024 ** 3;
const LIMITS = { cpus: 1.5, memoryBytes: GIB + 1, diskBytes: 3 * GIB, maxProcesses: 64 };

describe('facts of a box', () => {
  it('asks for whole vCPUs and GiB, never for less, and tells both', () => {
    expect(resourcesFor(LIMITS)).toEqual({ cpu: 2, memory: 2, disk: 3 });
    expect(resourcesFor({ cpus: 0.1, memoryBytes: 1, diskBytes: 1, maxProcesses: 1 })).toEqual({
      cpu: 1,
      memory: 1,
      disk: 1,
    });
    const told = limitsInForce(LIMITS, { cpu: 2, memory: 2, disk: 3 });
    expect(told.cpus).toMatchObject({ requested: 1.5, enforced: 2, note: expect.stringContaining('whole') });
    expect(told.diskBytes).toEqual({ requested: 3 * GIB, enforced: 3 * GIB, by: 'Daytona' });
    expect(limitsInForce(undefined, { cpu: 2, memory: 2, disk: 3 }).maxProcesses.enforced).toBeNull();
  });

  it('keeps labels of ours and of the caller apart', () => {
    const labels = { a: '1', [LABEL.sandbox]: 'x', 'code-toolbox-language': 'python' };
    expect(callersLabels(labels)).toEqual({ a: '1' });
    expect(ownLabels(labels)).toEqual({ [LABEL.sandbox]: 'x', 'code-toolbox-language': 'python' });
    expect(() => requireCallersLabels({ [LABEL.sandbox]: 'y' })).toThrow(
      expect.objectContaining({ code: 'sandbox_label_invalid' }),
    );
    for (const id of ['', '-a', 'a b', '../x', 'x'.repeat(64)])
      expect(() => requireSandboxId(id)).toThrow(expect.objectContaining({ code: 'sandbox_id_invalid' }));
  });

  it('describes a box whose labels somebody broke', () => {
    const box = { id: 'b', state: 'started', cpu: 1, memory: 1, disk: 3, createdAt: '2026-01-01T00:00:00Z' };
    expect(describeBox({ ...box, labels: { [LABEL.limits]: '{no json' } })).toMatchObject({
      id: 'b',
      status: 'running',
      createdAt: '2026-01-01T00:00:00.000Z',
      labels: {},
    });
  });

  it('counts the backstop in whole minutes, at least one', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    const inSeconds = (seconds: number) => autoStopMinutes(new Date(now + seconds * 1000), now);
    expect([inSeconds(-5), inSeconds(59), inSeconds(120), inSeconds(179)]).toEqual([1, 1, 2, 2]);
    expect(inSeconds(1e10)).toBe(365 * 24 * 60);
  });

  it('refuses images that could say more than a name', () => {
    expect(boxImage(undefined, DEFAULT_IMAGE).reference).toBe('node:22-bookworm');
    for (const reference of ['a\nRUN curl evil', '', ' x', '$(id)'])
      expect(() => boxImage({ kind: 'registry', reference }, DEFAULT_IMAGE)).toThrow(
        expect.objectContaining({ code: 'sandbox_capability_missing' }),
      );
    expect(() => boxImage({ kind: 'dockerfile', context: () => Promise.reject() }, DEFAULT_IMAGE)).toThrow(
      expect.objectContaining({ code: 'sandbox_capability_missing' }),
    );
  });

  it('tells the server the version of the SDK that is installed', () => {
    const manifest = join(process.cwd(), 'node_modules/@daytonaio/sdk/package.json');
    expect(JSON.parse(readFileSync(manifest, 'utf8'))).toMatchObject({ version: SDK_VERSION });
  });
});
