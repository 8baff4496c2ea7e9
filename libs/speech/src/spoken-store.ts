import { createHash } from 'node:crypto';
import type { Speech, SpeechLine, SpokenAudio } from '@showrunner/contracts';
import { readWav, writeWav } from './wav';

/** Where sounds are kept. */
export interface SpokenStore {
  /** Null when there is none. */
  find(key: string): Promise<Buffer | null>;
  put(key: string, wav: Buffer): Promise<unknown>;
}

/** Names what a voice says of a line: the same text, language and voice have the same. */
export const spokenKey = (voice: string, { text, language }: SpeechLine): string =>
  createHash('sha256')
    .update(JSON.stringify([voice, language, text]))
    .digest('hex');

/** A voice that says nothing twice: what it said lies in the store. */
export function withSpokenStore(speech: Speech, store: SpokenStore): Speech {
  return {
    name: speech.name,
    async speak(lines, signal) {
      const keys = lines.map((line) => spokenKey(speech.name, line));
      const kept = await Promise.all(keys.map((key) => store.find(key)));
      const missing = new Map<string, SpeechLine>();
      for (const [n, line] of lines.entries()) if (kept[n] === null) missing.set(keys[n] ?? '', line);
      const fresh = missing.size === 0 ? [] : await speech.speak([...missing.values()], signal);
      const said = new Map<string, SpokenAudio>();
      for (const [n, key] of [...missing.keys()].entries()) {
        const audio = fresh[n];
        if (audio === undefined) continue;
        said.set(key, audio);
        await store.put(key, writeWav(audio));
      }
      return keys.flatMap((key, n) => {
        const wav = kept[n];
        return wav === null || wav === undefined ? (said.get(key) ?? []) : [readWav(wav)];
      });
    },
  };
}
