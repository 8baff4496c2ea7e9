import { InvalidInputError } from '@showrunner/contracts';
import type { z } from 'zod';

/** A message of a client, which is JSON. @throws {AppError} `bad_json`, `invalid_input` */
export function parsedMessage<Schema extends z.ZodType>(schema: Schema, data: Buffer): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(data.toString('utf8'));
  } catch {
    throw new InvalidInputError('bad_json', 'The message is not JSON.');
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new InvalidInputError('invalid_input', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}
