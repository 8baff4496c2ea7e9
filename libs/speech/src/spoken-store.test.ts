import { expect, test } from '@jest/globals';
import type { Speech } from '@showrunner/contracts';
import { spokenKey, withSpokenStore } from './spoken-store';
import { readWav, writeWav } from './wav';

const line = (text: string, language = 'en') => ({ text, language });
const { signal } = new AbortController();

function countingVoice(): { speech: Speech; asked: string[] } {
  const asked: string[] = [];
  const speech: Speech = {
    name: 'counting',
    speak: (lines) => {
      asked.push(...lines.map(({ text }) => text));
      return Promise.resolve(
        lines.map(({ text }) => ({ sampleRate: 16_000, samples: Buffer.alloc(text.length * 2, 7) })),
      );
    },
  };
  return { speech, asked };
}

test('a line is said once, also within a film, and comes back as it was said', async () => {
  const { speech, asked } = countingVoice();
  const kept = new Map<string, Buffer>();
  const store = {
    find: (key: string) => Promise.resolve(kept.get(key) ?? null),
    put: (key: string, wav: Buffer) => Promise.resolve(kept.set(key, wav)),
  };
  const voice = withSpokenStore(speech, store);
  const first = await voice.speak([line('one'), line('three'), line('one')], signal);
  const again = await voice.speak([line('three'), line('four'), line('one')], signal);
  expect(asked).toEqual(['one', 'three', 'four']);
  expect(first.map(({ samples }) => samples.length)).toEqual([6, 10, 6]);
  expect(again.map(({ samples }) => samples.length)).toEqual([10, 8, 6]);
  expect(again[2]).toEqual(first[0]);
});

test('another voice, language or text is another sound', () => {
  const keys = [
    spokenKey('a', line('x')),
    spokenKey('b', line('x')),
    spokenKey('a', line('y')),
    spokenKey('a', line('x', 'de')),
  ];
  expect(new Set(keys).size).toBe(4);
});

test('a WAV is read as it was written; of a pipe, whose length nobody knew, to its end; what is none is refused', () => {
  const audio = { sampleRate: 22_050, samples: Buffer.from([1, 2, 3, 4, 5, 6]) };
  const file = writeWav(audio);
  expect(readWav(file)).toEqual(audio);
  file.writeUInt32LE(0x7fffffff, 40);
  expect(readWav(file)).toEqual(audio);
  for (const wrong of [
    Buffer.alloc(0),
    Buffer.from('RIFF'),
    file.subarray(0, 30),
    writeWav({ ...audio, sampleRate: 4 }),
  ])
    expect(() => readWav(wrong)).toThrow(expect.objectContaining({ code: 'speech_failed' }));
});
