import addFormats from 'ajv-formats';
import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';
import { readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import { readOperations, type SpecContent, type SpecOperation, type SpecParameter } from './spec-operations';
import { convertDocument, convertSchema, documentId, isObject, type JsonObject } from './spec-schema';

export interface SpecRequest {
  method: string;
  /** Path below the server's base, with its query, as it came over the wire. */
  url: string;
  /** Lower-case names. */
  headers: Record<string, string | string[] | undefined>;
  /** Parsed JSON for JSON media types; anything else is only looked at for being there. */
  body?: unknown;
}

export interface SpecReply {
  status: number;
  contentType?: string;
  body?: unknown;
}

export interface SpecValidatorOptions {
  /** JSON Schema of the body of errors (status 400 and above) that an operation does not list; any body when left out. */
  errorSchema?: JsonObject;
  /** Query parameters that every operation takes although the specification is silent. */
  extraQuery?: readonly string[];
}

/**
 * Holds requests and replies against an OpenAPI 3.0 or Swagger 2.0 document: known path and method, parameters, media types, bodies;
 * a property or query parameter that the document does not name is a violation too.
 */
export class SpecValidator {
  private readonly ajv: Ajv2019;
  private readonly operations: SpecOperation[];
  private readonly compiled = new Map<unknown, ValidateFunction>();
  private readonly errorBody?: ValidateFunction;

  constructor(
    document: JsonObject,
    private readonly options: SpecValidatorOptions = {},
  ) {
    // Specifications name formats of their own (`uint`, `binary`); those say nothing, and ajv need not warn.
    this.ajv = new Ajv2019({ strict: false, allErrors: true, logger: false });
    // The CommonJS export of ajv-formats arrives as a namespace under ESM.
    const plugin = (addFormats as unknown as { default?: typeof addFormats.default }).default ?? addFormats;
    (plugin as unknown as (ajv: Ajv2019) => void)(this.ajv);
    for (const closure of ['open', 'closed'] as const) this.ajv.addSchema(convertDocument(document, closure));
    this.operations = readOperations(document);
    if (options.errorSchema !== undefined) this.errorBody = this.ajv.compile(options.errorSchema);
  }

  /** A document in JSON or YAML. */
  static fromFile(path: string, options?: SpecValidatorOptions): SpecValidator {
    const text = readFileSync(path, 'utf8');
    const document = (path.endsWith('.json') ? JSON.parse(text) : parseYaml(text)) as JsonObject;
    return new SpecValidator(document, options);
  }

  /** What is wrong with a request, one sentence each; empty when it is as specified. */
  checkRequest(request: SpecRequest): string[] {
    const { pathname, searchParams } = new URL(request.url, 'http://specification');
    const operation = this.find(request.method, pathname);
    if (operation === undefined) return [`${request.method} ${pathname}: not in the specification`];
    const where = `${request.method} ${operation.template}`;
    return [
      ...this.checkParameters(where, operation, pathname, searchParams, request.headers),
      ...this.checkRequestBody(where, operation, request),
    ];
  }

  /** What is wrong with the reply to a request of this method and path (with or without query). */
  checkReply(method: string, url: string, reply: SpecReply): string[] {
    const { pathname } = new URL(url, 'http://specification');
    const operation = this.find(method, pathname);
    if (operation === undefined) return [`${method} ${pathname}: not in the specification`];
    const where = `${method} ${operation.template} -> ${reply.status}`;
    const content =
      operation.replies.get(String(reply.status)) ??
      operation.replies.get(`${Math.floor(reply.status / 100)}XX`) ??
      operation.replies.get('default');
    if (content !== undefined) return this.checkReplyBody(where, content, reply);
    if (reply.status < 400) return [`${where}: this status is not in the specification`];
    return this.errorBody === undefined ? [] : this.violations(where, this.errorBody, reply.body);
  }

  private find(method: string, pathname: string): SpecOperation | undefined {
    return this.operations.find(
      (operation) => operation.method === method.toUpperCase() && operation.pattern.test(pathname),
    );
  }

  private checkParameters(
    where: string,
    operation: SpecOperation,
    pathname: string,
    query: URLSearchParams,
    headers: SpecRequest['headers'],
  ): string[] {
    const names = [...operation.template.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
    const values = operation.pattern.exec(pathname)?.slice(1) ?? [];
    const known = new Set([
      ...operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
      ...(this.options.extraQuery ?? []),
    ]);
    const problems = [...new Set(query.keys())]
      .filter((name) => !known.has(name) && !known.has(name.replace(/\[\]$/, '')))
      .map((name) => `${where}: query parameter "${name}" is not in the specification`);
    for (const parameter of operation.parameters) {
      const given = {
        path: () => [decodeURIComponent(values[names.indexOf(parameter.name)] ?? '')],
        query: () => query.getAll(parameter.name),
        header: () => valuesOf(headers[parameter.name.toLowerCase()]),
        cookie: () => [],
      }[parameter.in]();
      problems.push(...this.checkParameter(where, parameter, given));
    }
    return problems;
  }

  private checkParameter(where: string, parameter: SpecParameter, given: string[]): string[] {
    const label = `${where}: ${parameter.in} parameter "${parameter.name}"`;
    if (given.length === 0) return parameter.required ? [`${label} is missing`] : [];
    return this.violations(label, this.validatorOf(parameter.schema), parameterValue(parameter, given));
  }

  private checkRequestBody(where: string, operation: SpecOperation, request: SpecRequest): string[] {
    const type = mediaTypeOf(valuesOf(request.headers['content-type'])[0]);
    const absent = request.body === undefined || request.body === null || request.body === '';
    if (operation.body === undefined) {
      const bare = absent || (isObject(request.body) && Object.keys(request.body).length === 0);
      return bare ? [] : [`${where}: a body is not in the specification`];
    }
    if (absent) return operation.body.required ? [`${where}: the body is missing`] : [];
    const entry = findContent(operation.body.content, type);
    if (entry === undefined) return [`${where}: the specification takes no body of type ${type}`];
    const [, schema] = entry;
    return schema === undefined
      ? []
      : this.violations(`${where}: body`, this.validatorOf(schema), request.body);
  }

  private checkReplyBody(where: string, content: SpecContent, reply: SpecReply): string[] {
    if (content.size === 0) {
      const empty = reply.body === undefined || reply.body === '' || reply.body === null;
      return empty ? [] : [`${where}: the specification has no body here`];
    }
    const type = mediaTypeOf(reply.contentType);
    const entry = findContent(content, type);
    if (entry === undefined)
      return [`${where}: type ${type} is not in the specification (${[...content.keys()].join(', ')})`];
    const [, schema] = entry;
    return schema === undefined
      ? []
      : this.violations(`${where}: body`, this.validatorOf(schema), reply.body);
  }

  private validatorOf(schema: JsonObject): ValidateFunction {
    const known = this.compiled.get(schema);
    if (known !== undefined) return known;
    const converted = convertSchema(schema, 'closed');
    const validate = this.ajv.compile(converted === true ? {} : converted);
    this.compiled.set(schema, validate);
    return validate;
  }

  private violations(where: string, validate: ValidateFunction, value: unknown): string[] {
    if (validate(value) === true) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const named = Object.values(params as Record<string, unknown>).filter(
        (part) => typeof part === 'string',
      );
      const detail = named.length > 0 ? ` (${named.join(', ').replaceAll(documentId('closed'), '')})` : '';
      return `${where}${instancePath === '' ? '' : ` at ${instancePath}`}: ${message ?? 'is wrong'}${detail}`;
    });
  }
}

function findContent(content: SpecContent, type: string): [string, JsonObject | undefined] | undefined {
  return [...content].find(
    ([offered]) =>
      offered === type ||
      offered === '*/*' ||
      (offered.endsWith('/*') && type.startsWith(offered.slice(0, -1))),
  );
}

function valuesOf(header: string | string[] | undefined): string[] {
  return header === undefined ? [] : typeof header === 'string' ? [header] : header;
}

/** `application/json; charset=utf-8` is `application/json`. */
function mediaTypeOf(header: string | undefined): string {
  return (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** What the text on the wire means for the parameter's type; text that does not fit is left as it is, and the schema complains. */
function parameterValue(parameter: SpecParameter, given: string[]): unknown {
  const { type, items } = parameter.schema as { type?: string; items?: JsonObject };
  if (type !== 'array') return scalarValue(type, given[0] ?? '');
  const parts = parameter.commaSeparated ? given.flatMap((text) => text.split(',')) : given;
  return parts.map((text) => scalarValue(items?.['type'] as string | undefined, text));
}

function scalarValue(type: string | undefined, text: string): unknown {
  if ((type === 'number' || type === 'integer') && text.trim() !== '' && Number.isFinite(Number(text)))
    return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
