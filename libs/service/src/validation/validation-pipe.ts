import { StandardSchemaValidationPipe } from '@nestjs/common';
import { InvalidInputError } from '@showrunner/contracts';
import type { z } from 'zod';
import type { InputError } from '../problem/problem';
import { requireStorable } from './storable-text';

interface Issue {
  message: string;
  path?: readonly unknown[];
}

/** Checks every parameter that names a schema (`@Body({ schema })`); what is wrong comes back as `errors[]` of a 400 problem. */
export function validationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({ exceptionFactory: (issues) => invalidInput(issues) });
}

/** Parses a value at the edge. @throws {InvalidInputError} `invalid_input` with `errors[]`, `text_not_storable` */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  requireStorable(value);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidInput(result.error.issues);
}

function invalidInput(issues: readonly Issue[]): InvalidInputError {
  const errors = issues.slice(0, MOST_ERRORS).map(toInputError);
  const first = errors[0];
  const where = first === undefined || first.path === '' ? '' : `${first.path}: `;
  return new InvalidInputError(
    'invalid_input',
    `The input is not valid. ${where}${first?.message ?? ''}`.trim(),
    {
      remedy: 'Mend what `errors` names; /api/openapi.json describes every input.',
      details: { errors },
    },
  );
}

const MOST_ERRORS = 50;

function toInputError({ path = [], message }: Issue): InputError {
  const keys = path.map((part) =>
    typeof part === 'object' && part !== null && 'key' in part ? part.key : part,
  );
  return { path: keys.map(String).join('.'), message };
}
