import { AppError } from '@showrunner/contracts';
import { z } from 'zod';
import type { Forge, PullRequest } from './pull-request';

const CommentsSchema = z.array(
  z.object({ id: z.number().int().positive(), body: z.string().nullish(), html_url: z.string().nullish() }),
);
const PostedSchema = z.object({ id: z.number().int().positive(), html_url: z.string().nullish() });

export interface RenewedComment {
  id: number;
  /** Where people see it; null where the forge does not say. */
  url: string | null;
  /** False when there was one of ours already. */
  isNew: boolean;
}

const PER_PAGE = 100;
/** Of a request with more comments than these ours may be missed, and another one is written. */
const MOST_PAGES = 20;
const TIMEOUT_MS = 20_000;
/** GitHub takes 65,536 characters. */
const LONGEST = 60_000;
const MARK = '<!-- showrunner -->';
/** Written by somebody else, or gone meanwhile. */
const NOT_OURS = new Set([401, 403, 404]);

/**
 * Posts a report to a pull request, or renews the one that was posted before. It is known by a mark that nobody sees; one that others have written with
 * the same mark is left alone.
 * @param token of a user or an app that may comment; sent to the forge alone, never along a redirect
 * @throws AppError `forge_refused`, `forge_unreachable` (retryable)
 */
export async function renewComment(
  request: PullRequest,
  { token, body }: { token: string; body: string },
): Promise<RenewedComment> {
  const routes = routesOf(request);
  const text = `${MARK}\n${body.length > LONGEST ? `${body.slice(0, LONGEST)}\n\n…` : body}`;
  const ask = (method: string, url: string, sent?: object): Promise<Response> =>
    send(request, token, { method, url, ...(sent && { sent }) });
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const listed = await ask('GET', `${routes.comments}?per_page=${PER_PAGE}&page=${page}`);
    const comments = await read(request, listed, CommentsSchema);
    for (const { id } of comments.filter((one) => one.body?.startsWith(MARK))) {
      const renewed = await ask(routes.change, routes.comment(id), { body: text });
      if (NOT_OURS.has(renewed.status)) continue;
      const { html_url } = await read(request, renewed, PostedSchema);
      return { id, url: html_url ?? null, isNew: false };
    }
    if (comments.length < PER_PAGE) break;
  }
  const posted = await ask('POST', routes.comments, { body: text });
  const { id, html_url } = await read(request, posted, PostedSchema);
  return { id, url: html_url ?? null, isNew: true };
}

interface Routes {
  comments: string;
  comment(id: number): string;
  change: 'PATCH' | 'PUT';
}

function routesOf({ forge, apiUrl, repository, number }: PullRequest): Routes {
  if (forge === 'github') {
    const issues = `${apiUrl}/repos/${repository}/issues`;
    return {
      comments: `${issues}/${number}/comments`,
      comment: (id) => `${issues}/comments/${id}`,
      change: 'PATCH',
    };
  }
  const notes = `${apiUrl}/projects/${encodeURIComponent(repository)}/merge_requests/${number}/notes`;
  return { comments: notes, comment: (id) => `${notes}/${id}`, change: 'PUT' };
}

const HEADERS: Record<Forge, (token: string) => Record<string, string>> = {
  github: (token) => ({
    ...{ authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' },
    'x-github-api-version': '2022-11-28',
  }),
  gitlab: (token) => ({ 'private-token': token, accept: 'application/json' }),
};

async function send(
  { forge, apiUrl }: PullRequest,
  token: string,
  { method, url, sent }: { method: string; url: string; sent?: object },
): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      headers: {
        ...HEADERS[forge](token),
        'user-agent': 'showrunner',
        ...(sent && { 'content-type': 'application/json' }),
      },
      ...(sent && { body: JSON.stringify(sent) }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    // What fetch says of it may hold what was sent.
    throw new AppError('forge_unreachable', `${new URL(apiUrl).host} did not answer, or sent elsewhere.`, {
      remedy: 'Check the address of the API, and try again.',
      retryable: true,
    });
  }
}

async function read<T>(
  { apiUrl, repository, number }: PullRequest,
  answer: Response,
  schema: z.ZodType<T>,
): Promise<T> {
  const { host } = new URL(apiUrl);
  if (answer.status === 429 || answer.status >= 500)
    throw new AppError('forge_unreachable', `${host} answered with ${answer.status}.`, {
      remedy: 'Try again later.',
      retryable: true,
    });
  if (!answer.ok)
    throw new AppError(
      'forge_refused',
      `${host} refused with ${answer.status} to comment on ${repository} ${number}.`,
      {
        status: 422,
        remedy:
          'Check the number, and that the token may comment there (GitHub: pull-requests: write; GitLab: api).',
      },
    );
  const parsed = schema.safeParse(await answer.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  throw new AppError('forge_refused', `${host} answered with something that is no comment.`, {
    status: 422,
    remedy:
      'Check the address of the API: that of GitHub Enterprise ends with /api/v3, that of GitLab with /api/v4.',
  });
}
