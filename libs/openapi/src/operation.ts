import 'reflect-metadata';
import type { Permission } from '@showrunner/contracts';
import type { z } from 'zod';

/** The chapters of the document, in the order in which they are read. */
export const TAGS = [
  'health',
  'tenants and keys',
  'people',
  'projects',
  'builds',
  'generated apps and agents',
  'maintenance',
  'manual sessions',
  'sandboxes',
  'inside sandboxes',
  'plans',
  'runs',
  'films',
  'events',
] as const;
export type TagName = (typeof TAGS)[number];

/** Bytes of these media types; `schema` tells what JSON is in them that the handler writes as text. */
export interface Media {
  media: readonly string[];
  schema?: z.ZodType;
}

export interface HeaderParameter {
  name: string;
  description: string;
  /** Regular expression of JSON Schema that its value matches. */
  pattern?: string;
}

/** What a route's own decorators do not tell: method, path, status, parameters and JSON bodies are read from those of Nest. */
interface DescribedOperation {
  /** Camel case, unique in the whole API: the name of the client's call. */
  id: string;
  summary: string;
  /** What success answers: a schema (JSON, and the compiler holds the handler to it), media types, or nothing. */
  answer: z.ZodType | Media | null;
  headers?: readonly HeaderParameter[];
  /** Only where the handler reads the body itself: bytes of these media types, or JSON that can also come as a form with files. */
  body?: Media | { json: z.ZodType; multipart: z.ZodType };
  /** Statuses of problems besides those that follow from the route: credentials, parameters, bodies, the platform. */
  problems?: readonly number[];
  /** Begins new work: refused with 507 while the disk is nearly full. */
  needsDisk?: boolean;
  /** Where it is not the one of its controller. */
  tag?: TagName;
}

/** Who may ask: whoever has a key with this permission, or everybody. */
type Access =
  | { permission: Permission; isPublic?: undefined }
  | { /** Reachable without a key. */ isPublic: true; permission?: undefined };
export type OperationOptions = DescribedOperation & Access;

type Answer<Schema> = Schema extends z.ZodType ? z.output<Schema> : unknown;

const OPERATION = Symbol('openapi:operation');
const TAG = Symbol('openapi:tag');

/**
 * Describes a route of a controller in the OpenAPI document. What the handler returns must be what `answer` describes; this is checked
 * by the compiler.
 */
export function Operation<const Options extends OperationOptions>(
  options: Options,
): <Handler extends (...args: never[]) => Answer<Options['answer']> | Promise<Answer<Options['answer']>>>(
  prototype: object,
  name: string,
  handler: TypedPropertyDescriptor<Handler>,
) => void {
  return (prototype, name) => Reflect.defineMetadata(OPERATION, options, prototype, name);
}

/** The chapter of a controller's routes. */
export const Tag =
  (name: TagName): ClassDecorator =>
  (controller) =>
    Reflect.defineMetadata(TAG, name, controller);

export const operationOf = (prototype: object, name: string): OperationOptions | undefined =>
  Reflect.getMetadata(OPERATION, prototype, name) as OperationOptions | undefined;
export const tagOf = (controller: object): TagName | undefined =>
  Reflect.getMetadata(TAG, controller) as TagName | undefined;
