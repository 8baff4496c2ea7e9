import { z } from 'zod';

export const VariableNameSchema = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be a name of a variable');
/** Variables of what runs in a sandbox. */
export const EnvironmentSchema = z.record(VariableNameSchema, z.string().max(32_768));
