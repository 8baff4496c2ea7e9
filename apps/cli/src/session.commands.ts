import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { answerOf, type ApiClient, type components } from '@showrunner/api-client';
import { InvalidInputError } from '@showrunner/contracts';
import type { Mark } from '@showrunner/contracts';
import { EXIT } from './watch-run';

type Session = components['schemas']['ManualSession'];

const POLL_MS = 500;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

export interface OpenOptions {
  build?: string;
  sandbox?: string;
  idle?: string;
  max?: string;
  json?: boolean;
}

/** `session open`: prints the id as soon as it takes actions. */
export async function openSession(
  api: ApiClient,
  projectId: string | undefined,
  { build, sandbox, idle, max, json = false }: OpenOptions,
): Promise<number> {
  const body = {
    ...(projectId !== undefined && { projectId }),
    ...(build !== undefined && { buildId: build }),
    ...(sandbox !== undefined && { sandboxId: sandbox }),
    ...(idle !== undefined && { idleMinutes: Number(idle) }),
    ...(max !== undefined && { maxMinutes: Number(max) }),
  };
  let session: Session = await answerOf(api.POST('/sessions', { body }));
  const isWaiting = ({ state, browser_session }: Session): boolean =>
    ['queued', 'building'].includes(state) || (state === 'filming' && browser_session === null);
  for (let told = ''; isWaiting(session); await delay(POLL_MS)) {
    if (session.message !== told) process.stderr.write(`${(told = session.message)}\n`);
    session = await answerOf(api.GET('/sessions/{id}', { params: { path: { id: session.session_id } } }));
  }
  say(json ? JSON.stringify(session, null, 2) : session.session_id);
  if (session.state === 'filming') return EXIT.filmed;
  process.stderr.write(`${session.message}\n`);
  return EXIT.refused;
}

/** `session list`. */
export async function listSessions(api: ApiClient, { json = false }: { json?: boolean }): Promise<number> {
  const { data } = await answerOf(api.GET('/sessions', { params: { query: { limit: 100 } } }));
  if (json) say(JSON.stringify(data, null, 2));
  else if (data.length === 0) say('No sessions yet. Open one with "showrunner session open <project>".');
  else
    for (const { session_id, state, created_at, message } of data)
      say(
        `${session_id}  ${state.padEnd(10)} ${created_at}  ${(message.split('\n')[0] ?? '').slice(0, 100)}`,
      );
  return EXIT.filmed;
}

/** `session act`: one tool with its arguments as JSON; prints what it answers. A picture goes to a file. */
export async function actInSession(
  api: ApiClient,
  id: string,
  tool: string,
  { args = '{}', caption, out }: { args?: string; caption?: string; out?: string },
): Promise<number> {
  const body = { tool, arguments: objectOf(args), ...(caption !== undefined && { caption }) };
  const done = await answerOf(api.POST('/sessions/{id}/actions', { params: { path: { id } }, body }));
  if (done.image !== undefined && out !== undefined)
    await writeFile(out, Buffer.from(done.image.data, 'base64'));
  if (done.text !== '') say(done.text);
  return done.result === 'succeeded' ? EXIT.filmed : EXIT.refused;
}

/** `session mark`: where a feature begins, or that it has succeeded; prints how it stands. */
export async function markSession(
  api: ApiClient,
  id: string,
  kind: string,
  {
    feature,
    title,
    text,
    condition,
  }: { feature?: string; title?: string; text?: string; condition?: string },
): Promise<number> {
  const success = text === undefined ? undefined : { kind: 'textVisible', text };
  const seen = condition === undefined ? success : objectOf(condition);
  // The server says what is wrong with it.
  const body = {
    kind,
    ...(feature !== undefined && { feature }),
    ...(title !== undefined && { title }),
    ...(seen !== undefined && { condition: seen }),
  } as Mark;
  const marked = await answerOf(api.POST('/sessions/{id}/marks', { params: { path: { id } }, body }));
  say(`${marked.feature}  ${marked.status}${marked.reason === undefined ? '' : `  ${marked.reason}`}`);
  return marked.status === 'unproven' ? EXIT.refused : EXIT.filmed;
}

/** `session end`: with its film, or at once. */
export async function endSession(
  api: ApiClient,
  id: string,
  { discard = false }: { discard?: boolean },
): Promise<number> {
  const params = { path: { id } };
  if (discard) {
    await answerOf(api.DELETE('/sessions/{id}', { params }));
    say(`Session ${id} is ended, without a film.`);
    return EXIT.filmed;
  }
  await answerOf(api.POST('/sessions/{id}/end', { params }));
  say(`Session ${id} ends. What was proven becomes its film: showrunner get ${id}`);
  return EXIT.filmed;
}

function objectOf(json: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(json);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
  } catch {
    // Told below, with the same words.
  }
  throw new InvalidInputError('bad_json', `${json.slice(0, 100)} is not a JSON object.`, {
    remedy: `Quote it for the shell: --args '{"target": "e12"}'.`,
  });
}
