import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { durationOfAudio, type SpokenAudio } from '@showrunner/contracts';
import { offlineSpeech, type VoicePrograms } from './offline-speech';
import { runEngine } from './run-engine';

const folder = mkdtempSync(join(tmpdir(), 'speech-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bwrapPath = '/usr/bin/bwrap';
const hibariPath = join(process.cwd(), '.showrunner/tools/bin/hibari');
const espeakPath = '/usr/bin/espeak-ng';
const isThere = (path: string, what: string): boolean => {
  if (existsSync(path)) return true;
  process.stderr.write(`${what} is not installed: what it says is not tested.\n`);
  return false;
};
const { signal } = new AbortController();
const loudest = ({ samples }: SpokenAudio): number =>
  Array.from({ length: samples.length / 2 }, (_, n) => Math.abs(samples.readInt16LE(n * 2))).reduce((a, b) =>
    Math.max(a, b),
  );

describe.each([
  ['heart', 'en', isThere(hibariPath, 'Hibari')],
  ['espeak', 'de', isThere(espeakPath, 'eSpeak NG')],
] as const)('the voice %s', (name, language, isInstalled) => {
  (isInstalled ? test : test.skip)(
    'says each line, the same way each time, and takes marks for nothing',
    async () => {
      const speech = offlineSpeech(name, language, { hibariPath, espeakPath, bwrapPath });
      const hostile = '-w /tmp/x <speak> $(touch /tmp/x) [[f@n]] [a](/b/) "quoted" \u0000';
      const lines = ['Write a card down.', hostile].map((text) => ({ text, language }));
      const [first, again] = [await speech.speak(lines, signal), await speech.speak(lines, signal)];
      expect(first).toHaveLength(2);
      for (const audio of first) {
        expect(durationOfAudio(audio)).toBeGreaterThan(500);
        expect(durationOfAudio(audio)).toBeLessThan(30_000);
        expect(loudest(audio)).toBeGreaterThan(2000);
      }
      expect(again).toEqual(first);
    },
  );
});

describe('a voice that is not to be had', () => {
  const without = (name: string, language: string, programs: VoicePrograms) => () =>
    offlineSpeech(name, language, programs);
  test.each([
    ['no program at all', without('auto', 'en', { bwrapPath })],
    ['no bubblewrap', without('auto', 'en', { espeakPath, hibariPath })],
    ['English alone', without('heart', 'de', { bwrapPath, hibariPath, espeakPath })],
    ['heart is not there', without('heart', 'en', { bwrapPath, espeakPath })],
    ['eSpeak NG is not there', without('espeak', 'de', { bwrapPath, hibariPath })],
  ])('%s: says so, and what to do', (_, open) => {
    expect(open).toThrow(
      expect.objectContaining({ code: 'voice_unavailable', status: 422, retryable: false }),
    );
  });
});

describe('an engine', () => {
  const engine = (script: string): string => {
    const path = join(folder, `engine-${Math.random().toString(36).slice(2)}`);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const run = (script: string, deadlineMs = 20_000, by = signal) =>
    runEngine({ bwrapPath, program: engine(script), args: [], input: 'said', deadlineMs, signal: by });

  test('reads its text, has no network, nothing of our environment, and cannot write', async () => {
    const told = await run(
      'cat; tail -n +3 /proc/net/dev | grep -v "lo:"; env | sort; touch /etc/written 2>/dev/null && echo WRITTEN; true',
    );
    expect(told.toString()).toMatch(/^said/u);
    expect(told.toString()).not.toMatch(/eth|WRITTEN|NODE_/u);
  });
  test('that fails, is too slow or never ends is an error; one that is told to end ends', async () => {
    await expect(run('echo broken >&2; exit 3')).rejects.toMatchObject({
      code: 'speech_failed',
      message: expect.stringContaining('broken') as unknown,
    });
    await expect(run('sleep 60', 500)).rejects.toMatchObject({ code: 'speech_failed' });
    await expect(run('cat /dev/zero')).rejects.toMatchObject({ code: 'speech_failed' });
    const stop = new AbortController();
    const ended = run('sleep 60', 20_000, stop.signal);
    stop.abort(new Error('cancelled'));
    await expect(ended).rejects.toThrow('cancelled');
  });
});
