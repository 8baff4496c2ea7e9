import createClient from 'openapi-fetch';
import type { components, paths } from '@showrunner/api-client';
import { Problem } from './problem';
import { OWN_PAGE, refreshingFetch } from './refresh';

export type Schemas = components['schemas'];

/** The REST API by the cookie of this browser, typed by its OpenAPI document. Problems are thrown as {@link Problem}. */
export const api = createClient<paths>({
  baseUrl: '/api',
  headers: OWN_PAGE,
  fetch: refreshingFetch,
});
api.use({
  onResponse: async ({ response }) => {
    if (!response.ok) throw await Problem.of(response);
  },
  onError: () => Problem.unreachable(),
});

/** The body of an answer, which is there: problems were thrown. */
export async function answerOf<Body>(asked: Promise<{ data?: Body }>): Promise<Body> {
  return (await asked).data as Body;
}
