import { InvalidInputError } from '@showrunner/contracts';

export interface PageRequest {
  /** Opaque; `nextCursor` of the page before. */
  cursor?: string;
  /** 1 to 100. */
  limit: number;
}
export interface Page<T> {
  data: T[];
  /** null on the last page. */
  nextCursor: string | null;
}

interface Position {
  createdAt: Date;
  id: string;
}

/** Filter, order and size for rows newest first, one more than asked for so that the end is known. */
export function pageQuery({ cursor, limit }: PageRequest) {
  const after = cursor === undefined ? null : decodeCursor(cursor);
  return {
    where:
      after === null
        ? {}
        : {
            OR: [
              { createdAt: { lt: after.createdAt } },
              { createdAt: after.createdAt, id: { lt: after.id } },
            ],
          },
    orderBy: [{ createdAt: 'desc' as const }, { id: 'desc' as const }],
    take: limit + 1,
  };
}

/** Cuts the extra row off and makes the cursor of the next page. */
export function toPage<Row extends Position, T>(rows: Row[], limit: number, map: (row: Row) => T): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(last) : null;
  return { data: shown.map(map), nextCursor };
}

function encodeCursor({ createdAt, id }: Position): string {
  return Buffer.from(`${createdAt.getTime()} ${id}`).toString('base64url');
}

function decodeCursor(cursor: string): Position {
  const [, ms, id] = /^(\d{1,15}) ([\w-]{1,100})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (ms === undefined || id === undefined) {
    throw new InvalidInputError('bad_cursor', 'The cursor is not one of this list.', {
      remedy:
        'Pass `nextCursor` of the page before unchanged, or leave the cursor out to start from the newest.',
    });
  }
  return { createdAt: new Date(Number(ms)), id };
}
