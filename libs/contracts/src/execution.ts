import { z } from 'zod';

/** What code is run by itself in a sandbox, not in a context of an interpreter. */
export const CODE_LANGUAGES = ['python', 'javascript', 'typescript', 'shell'] as const;
/** What a context of an interpreter keeps the variables of. */
export const ContextLanguageSchema = z.enum(['python', 'javascript', 'typescript']);
export type ContextLanguage = z.infer<typeof ContextLanguageSchema>;
export const MAX_CODE_LENGTH = 500_000;

/** How long code and commands may run that say nothing else, ms. */
export const DEFAULT_EXEC_MS = 300_000;
/** A request is answered within this time, ms; what takes longer is a process or a stream. */
const MAX_EXEC_MS = 600_000;
export const ExecTimeoutSchema = z.number().int().min(1).max(MAX_EXEC_MS).default(DEFAULT_EXEC_MS);
