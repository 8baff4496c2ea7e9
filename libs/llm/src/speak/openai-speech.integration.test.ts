import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { durationOfAudio } from '@showrunner/contracts';
import { speechServer, type SpeechServer } from '../testing/speech-server';
import { openAiSpeech } from './openai-speech';

let server: SpeechServer;
beforeAll(async () => void (server = await speechServer()));
afterAll(() => server.close());

const { signal } = new AbortController();
const voice = (apiKey = 'key') =>
  openAiSpeech({ apiKey, baseUrl: server.url, model: 'gpt-4o-mini-tts', voice: 'marin', timeoutMs: 5000 });
const line = (text: string) => ({ text, language: 'en' });

test('each line is asked for by itself, in the words of the vendor, and comes back as sound', async () => {
  const said = await voice().speak([line('Write a card.'), line('Press Add')], signal);
  expect(said.map(durationOfAudio)).toEqual([13 * 60, 9 * 60]);
  expect(server.requests.map(({ body }) => body)).toEqual(
    ['Write a card.', 'Press Add'].map((input) => ({
      ...{ model: 'gpt-4o-mini-tts', voice: 'marin', input, response_format: 'pcm' },
    })),
  );
});

test('a wrong key, a server that is not there, a film that was cancelled: each is said', async () => {
  await expect(voice('wrong').speak([line('x')], signal)).rejects.toMatchObject({ code: 'model_rejected' });
  const nowhere = openAiSpeech({
    ...{ apiKey: 'key', baseUrl: 'http://127.0.0.1:9/v1', model: 'm', voice: 'v', timeoutMs: 5000 },
  });
  await expect(nowhere.speak([line('x')], signal)).rejects.toMatchObject({
    code: expect.stringMatching(/^model_/u) as unknown,
  });
  await expect(voice().speak([line('x')], AbortSignal.abort(new Error('cancelled')))).rejects.toThrow(
    'cancelled',
  );
});
