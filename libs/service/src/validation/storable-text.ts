import { InvalidInputError } from '@showrunner/contracts';
import type { NextFunction, Request, Response } from 'express';

/**
 * Refuses text that PostgreSQL cannot hold, wherever it stands in a request: NUL, and halves of surrogate pairs, which are no Unicode
 * (PostgreSQL 22021 and 22P05; RFC 8259, 8.2). One rule for path, query and body, so that no route meets it as an error of the database.
 */
export function storableText(request: Request, _response: Response, next: NextFunction): void {
  if (/%00/.test(request.originalUrl)) throw notStorable('The address');
  requireStorable(request.body);
  next();
}

/** @throws {InvalidInputError} `text_not_storable`, naming where (`source.url`) */
export function requireStorable(value: unknown): void {
  const path = unstorableAt(value);
  if (path !== undefined) throw notStorable(path === '' ? 'The body' : path);
}

/** Where the first such text stands, `''` for the value itself; without recursion, as bodies may be nested thousands of levels deep. */
export function unstorableAt(value: unknown): string | undefined {
  const open: { value: unknown; path: string }[] = [{ value, path: '' }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next.value === 'string') {
      if (!isStorable(next.value)) return next.path;
      continue;
    }
    if (typeof next.value !== 'object' || next.value === null || Buffer.isBuffer(next.value)) continue;
    for (const [key, member] of Object.entries(next.value)) {
      if (!isStorable(key)) return next.path;
      // A path longer than anybody reads says no more than its start.
      const path = next.path.length > MAX_PATH_LENGTH ? next.path : `${next.path}.${key}`;
      open.push({ value: member, path: path.replace(/^\./, '') });
    }
  }
  return undefined;
}

const MAX_PATH_LENGTH = 200;

const isStorable = (text: string): boolean => !/[\0\p{Surrogate}]/u.test(text);

const notStorable = (where: string): InvalidInputError =>
  new InvalidInputError(
    'text_not_storable',
    `${where.slice(0, MAX_PATH_LENGTH)} holds a NUL character or half a surrogate pair, which no text may.`,
    { remedy: 'Leave it out; bytes go as the body of a file (PUT /api/sandboxes/{id}/files).' },
  );
