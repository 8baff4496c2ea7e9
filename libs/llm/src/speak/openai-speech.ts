import { AppError, type Speech, type SpokenAudio } from '@showrunner/contracts';
import { openSdk } from '../clients/openai-client';
import { withDeadline } from '../clients/deadline';
import { readFailure } from '../clients/read-failure';
import { modelFailure } from '../failures/model-failure';

export interface OpenAiSpeechOptions {
  apiKey: string;
  /** Absent: OpenAI's own. */
  baseUrl?: string;
  model: string;
  voice: string;
  timeoutMs: number;
}

/** Its `pcm`: 24 kHz, 16 bits, one channel. https://platform.openai.com/docs/guides/text-to-speech */
const SAMPLE_RATE = 24_000;
/** A minute and a half of it; no line takes longer. */
const MOST_BYTES = 5 * 1024 * 1024;

/** The speech of OpenAI, or of a server that took over its language. It finds out the language of a line by itself. */
export function openAiSpeech(options: OpenAiSpeechOptions): Speech {
  const { model, voice, timeoutMs, baseUrl } = options;
  const name = `openai/${model}`;
  return {
    name: `${name}/${voice}${baseUrl === undefined ? '' : ` at ${baseUrl}`}`,
    async speak(lines, signal) {
      const sdk = await openSdk({ ...options, mostBytes: MOST_BYTES });
      const said: SpokenAudio[] = [];
      for (const { text } of lines) {
        const samples = await withDeadline(
          name,
          { signal, timeoutMs },
          async (ended) => {
            const body = { model, voice, input: text, response_format: 'pcm' as const };
            const answer = await sdk.audio.speech.create(body, { signal: ended });
            return Buffer.from(await answer.arrayBuffer());
          },
          (error) => modelFailure({ model: name, ...readFailure(error) }),
        );
        if (samples.length < 2)
          throw new AppError('speech_failed', `${name} said nothing.`, {
            remedy: 'Ask again, or choose another voice.',
            retryable: true,
          });
        said.push({ sampleRate: SAMPLE_RATE, samples: samples.subarray(0, samples.length & ~1) });
      }
      return said;
    },
  };
}
