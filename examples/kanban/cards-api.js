import { existsSync } from 'node:fs';
import { copyFile, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

export const COLUMNS = ['todo', 'doing', 'done'];
const MAX_BODY_BYTES = 64 * 1024;

/** Vite plugin: a JSON API over `data/cards.json`, one change at a time. */
export function cardsApi() {
  let file = '';
  let queue = Promise.resolve();

  const load = async () => {
    if (!existsSync(file)) await copyFile(path.join(path.dirname(file), 'seed.json'), file);
    return JSON.parse(await readFile(file, 'utf8'));
  };
  const save = async (cards) => {
    await writeFile(`${file}.new`, `${JSON.stringify(cards, null, 2)}\n`);
    await rename(`${file}.new`, file);
  };

  const handle = async (request, response) => {
    const id = new URL(request.url, 'http://app').pathname.slice(1);
    const cards = await load();
    const card = cards.find((one) => one.id === id);
    if (id && !card) return reply(response, 404, { error: 'There is no such card.' });

    if (request.method === 'GET') return reply(response, 200, card ?? cards);
    if (request.method === 'DELETE' && card) {
      await save(cards.filter((one) => one !== card));
      return reply(response, 204);
    }
    const input = await readBody(request);
    const problem = check(input, Boolean(card));
    if (problem) return reply(response, 400, { error: problem });
    if (request.method === 'POST' && !id) {
      const next = 1 + Math.max(0, ...cards.map((one) => Number(one.id)));
      const made = {
        id: String(next),
        title: input.title.trim(),
        column: input.column,
        owner: 'You',
        tag: 'New',
        details: '',
      };
      await save([...cards, made]);
      return reply(response, 201, made);
    }
    if (request.method === 'PATCH' && card) {
      const changed = { ...card, ...input };
      // A moved card goes to the end of its new column.
      const others = cards.filter((one) => one !== card);
      await save(
        changed.column === card.column
          ? cards.map((one) => (one === card ? changed : one))
          : [...others, changed],
      );
      return reply(response, 200, changed);
    }
    return reply(response, 405, { error: 'Method not allowed.' });
  };

  return {
    name: 'cards-api',
    configResolved(config) {
      file = path.join(config.root, 'data', 'cards.json');
    },
    configureServer(server) {
      server.middlewares.use('/api/cards', (request, response) => {
        queue = queue
          .then(() => handle(request, response))
          .catch((error) =>
            reply(response, error instanceof SyntaxError ? 400 : 500, { error: error.message }),
          );
      });
    },
  };
}

function check(input, partial) {
  const known = ['title', 'column', 'details'];
  if (input === null || typeof input !== 'object') return 'A JSON object is needed.';
  if (Object.keys(input).some((key) => !known.includes(key))) return `Only ${known.join(', ')} can be set.`;
  if ((!partial || 'title' in input) && (typeof input.title !== 'string' || !input.title.trim()))
    return 'A card needs a title.';
  if ((!partial || 'column' in input) && !COLUMNS.includes(input.column))
    return `The column is one of ${COLUMNS.join(', ')}.`;
  if ('details' in input && typeof input.details !== 'string') return 'Details are text.';
  return undefined;
}

async function readBody(request) {
  const parts = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) throw new SyntaxError('The body is too large.');
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8') || 'null');
}

function reply(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
