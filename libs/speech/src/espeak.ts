import type { Speech, SpokenAudio } from '@showrunner/contracts';
import { runEngine } from './run-engine';
import { speakable } from './speakable';
import { readWav } from './wav';

const LINE_MS = 20_000;
/** Languages that eSpeak NG calls otherwise. */
const NAMES: Record<string, string> = { zh: 'cmn', en: 'en-us', pt: 'pt-br' };

/** eSpeak NG: more than a hundred languages, plainly a machine. It reads no SSML unless told to, and none of its own marks reach it. */
export function espeakSpeech({ espeakPath, bwrapPath }: { espeakPath: string; bwrapPath: string }): Speech {
  return {
    name: 'espeak-ng/160',
    async speak(lines, signal) {
      const said: SpokenAudio[] = [];
      for (const { text, language } of lines) {
        const wav = await runEngine({
          ...{ bwrapPath, signal, program: espeakPath, deadlineMs: LINE_MS, input: speakable(text) },
          args: ['-v', NAMES[language] ?? language, '-s', '160', '-b', '1', '--stdin', '--stdout'],
        });
        said.push(readWav(wav));
      }
      return said;
    },
  };
}
