import { INTERNAL_TOKEN_HEADER } from '../http/headers';
import { TEST_HEADERS, TEST_TOKEN } from './test-config';

export interface CallOptions {
  method?: string;
  json?: unknown;
  body?: RequestInit['body'];
  headers?: Record<string, string>;
  /** null sends none. Default: the internal token of tests. */
  token?: string | null;
}

export interface CallResult {
  status: number;
  headers: Headers;
  text: string;
  /** Parsed when the answer is JSON. */
  json: Record<string, unknown>;
}

/** Sends a request to a service under test and reads the whole answer. */
export async function call(
  url: string,
  { method, json, body, headers, token = TEST_TOKEN }: CallOptions = {},
): Promise<CallResult> {
  const response = await fetch(url, {
    method: method ?? (json === undefined && body === undefined ? 'GET' : 'POST'),
    redirect: 'manual',
    headers: {
      ...(token === null ? {} : { ...TEST_HEADERS, [INTERNAL_TOKEN_HEADER]: token }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: json === undefined ? body : JSON.stringify(json),
    // Node streams request bodies only when told so.
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}
