import type { z } from 'zod';

interface JsonBody {
  schema: z.ZodType;
  required: boolean;
  multipart?: z.ZodType;
}

/** One operation of the REST API, described by the schemas that check it. */
export interface Operation {
  method: 'get' | 'post' | 'put' | 'delete';
  /** OpenAPI path, e.g. `/api/runs/{id}`. */
  path: string;
  /** Camel case, unique. */
  id: string;
  tag: string;
  summary: string;
  query?: z.ZodObject;
  headers?: { name: string; description: string }[];
  /** JSON body, `multipart` when an archive can be sent instead; or bytes of these media types. */
  body?: JsonBody | { media: readonly string[] };
  /** Status of success. */
  status: number;
  /** What success answers: a schema (JSON), media types, or nothing. */
  answer: { schema: z.ZodType } | { media: readonly string[] } | null;
  /** Statuses of problems besides those that every operation has (401, 404 with parameters, 500, 503). */
  problems?: readonly number[];
  /** Reachable without a key. */
  isPublic?: boolean;
}
