import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SpeechServer {
  /** As `OPENAI_BASE_URL` has it. */
  url: string;
  requests: { authorization: string; body: Record<string, unknown> }[];
  close(): Promise<void>;
}

/**
 * A server on loopback that speaks OpenAI's `POST /audio/speech`: JSON in, raw PCM out (24 kHz, 16 bits), 60 ms a character of a steady tone;
 * refusals in OpenAI's words.
 * @see https://platform.openai.com/docs/api-reference/audio/createSpeech
 */
export async function speechServer(key = 'key'): Promise<SpeechServer> {
  const requests: SpeechServer['requests'] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const refuse = (status: number, type: string): void => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: { message: 'Refused.', type, code: null, param: null } }));
      };
      if (request.method !== 'POST' || request.url !== '/v1/audio/speech')
        return refuse(404, 'not_found_error');
      const authorization = String(request.headers.authorization);
      if (authorization !== `Bearer ${key}`) return refuse(401, 'invalid_request_error');
      const body = JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>;
      requests.push({ authorization, body });
      const { input, response_format: format } = body;
      if (typeof input !== 'string' || input.length > 4096 || format !== 'pcm')
        return refuse(400, 'invalid_request_error');
      response.writeHead(200, { 'content-type': 'audio/pcm' }).end(tone(input.length * 60));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function tone(ms: number): Buffer {
  const samples = Buffer.alloc(ms * 48);
  for (let n = 0; n < samples.length / 2; n += 1)
    samples.writeInt16LE(Math.round(6000 * Math.sin(n / 17) * Math.sin(n / 1500)), n * 2);
  return samples;
}
