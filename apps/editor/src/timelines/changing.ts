import { AppError } from '@showrunner/contracts';
import type { Response } from 'express';
import { etagOf } from './if-match';

const IF_MATCH = {
  name: 'If-Match',
  description: 'ETag of the version that is changed; without it 428, of another version 412.',
};

/** How operations that change a timeline are described. */
export const CHANGING = {
  permission: 'write',
  headers: [IF_MATCH],
  problems: [409, 410, 412, 428],
} as const;

export function tagged<Answer extends { version: number }>(response: Response, answer: Answer): Answer {
  response.setHeader('ETag', etagOf(answer.version));
  response.setHeader('Cache-Control', 'private, no-cache');
  return answer;
}

/** Who was late learns the present ETag from the refusal, too. */
export async function changing<Answer extends { version: number }>(
  response: Response,
  change: Promise<Answer>,
): Promise<Answer> {
  try {
    return tagged(response, await change);
  } catch (error) {
    const present = error instanceof AppError ? error.details?.['version'] : undefined;
    if (typeof present === 'number') response.setHeader('ETag', etagOf(present));
    throw error;
  }
}
