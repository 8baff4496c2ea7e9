import { describe, expect, it } from '@jest/globals';
import { SpecValidator } from './spec-validator';

const open = new SpecValidator(
  {
    openapi: '3.0.0',
    paths: {
      '/boxes': {
        get: {
          parameters: [
            { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1 } },
            { name: 'states', in: 'query', schema: { type: 'array', items: { enum: ['on', 'off'] } } },
          ],
          responses: {
            200: {
              content: {
                'application/json': {
                  schema: { type: 'array', items: { $ref: '#/components/schemas/Box' } },
                },
              },
            },
          },
        },
        post: {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/NewBox' } } },
          },
          responses: { 201: { $ref: '#/components/responses/Made' } },
        },
      },
      '/boxes/mine': { get: { responses: { 204: {} } } },
      '/boxes/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 4 } }],
        get: {
          parameters: [{ $ref: '#/components/parameters/Tenant' }],
          responses: { default: { content: { 'text/plain': {} } } },
        },
        delete: { responses: { 204: { description: 'gone' } } },
      },
    },
    components: {
      parameters: { Tenant: { name: 'X-Tenant', in: 'header', required: true, schema: { type: 'string' } } },
      responses: {
        Made: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Box' } } } },
      },
      schemas: {
        NewBox: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
        State: { type: 'string', enum: ['on', 'off'] },
        Box: {
          allOf: [
            { $ref: '#/components/schemas/NewBox' },
            {
              type: 'object',
              properties: {
                note: { type: 'string', nullable: true },
                state: { allOf: [{ $ref: '#/components/schemas/State' }], nullable: true },
                size: { type: 'number', minimum: 0, exclusiveMinimum: true },
                labels: { type: 'object', additionalProperties: { type: 'string' } },
                anything: { type: 'object' },
              },
            },
          ],
        },
      },
    },
  },
  { errorSchema: { type: 'object', required: ['message'] } },
);

const swagger = new SpecValidator({
  swagger: '2.0',
  paths: {
    '/run': {
      post: {
        consumes: ['application/json'],
        produces: ['application/json'],
        parameters: [
          { in: 'body', name: 'request', required: true, schema: { $ref: '#/definitions/Run' } },
          { in: 'query', name: 'tags', type: 'array', items: { type: 'integer' } },
        ],
        responses: { 200: { schema: { $ref: '#/definitions/Run' } }, 204: {} },
      },
    },
    '/upload': { post: { consumes: ['multipart/form-data'], responses: { 200: {} } } },
    '/download': {
      get: {
        produces: ['application/octet-stream'],
        parameters: [{ in: 'query', name: 'path', type: 'string', required: true }],
        responses: { 200: { schema: { type: 'file' } } },
      },
    },
  },
  definitions: {
    Run: { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] },
  },
});

const json = { 'content-type': 'application/json; charset=utf-8' };
const box = (body: unknown) => ({ status: 201, contentType: 'application/json', body });

describe('requests of OpenAPI 3.0', () => {
  it.each([
    ['GET', '/boxes?limit=3&states=on&states=off', undefined],
    ['GET', '/boxes/mine', undefined],
    ['DELETE', '/boxes/ab', undefined],
    ['POST', '/boxes', { name: 'a' }],
  ])('passes %s %s', (method, url, body) => {
    expect(open.checkRequest({ method, url, headers: json, body })).toEqual([]);
  });

  it.each([
    ['GET', '/crates', undefined, 'GET /crates: not in the specification'],
    ['PUT', '/boxes', undefined, 'PUT /boxes: not in the specification'],
    ['GET', '/boxes?limit=0', undefined, 'GET /boxes: query parameter "limit": must be >= 1'],
    ['GET', '/boxes?limit=x', undefined, 'GET /boxes: query parameter "limit": must be integer (integer)'],
    ['GET', '/boxes?states=sideways', undefined, 'must be equal to one of the allowed values'],
    ['GET', '/boxes?lmit=3', undefined, 'query parameter "lmit" is not in the specification'],
    ['GET', '/boxes/ab', undefined, 'header parameter "X-Tenant" is missing'],
    ['DELETE', '/boxes/abcde', undefined, 'path parameter "id": must NOT have more than 4 characters'],
    ['DELETE', '/boxes/ab', { force: true }, 'a body is not in the specification'],
    ['POST', '/boxes', undefined, 'POST /boxes: the body is missing'],
    ['POST', '/boxes', {}, "POST /boxes: body: must have required property 'name' (name)"],
    ['POST', '/boxes', { name: 1 }, 'POST /boxes: body at /name: must be string (string)'],
    ['POST', '/boxes', { name: 'a', nmae: 'b' }, 'must NOT have unevaluated properties (nmae)'],
  ])('refuses %s %s %p', (method, url, body, problem) => {
    const problems = open.checkRequest({ method, url, headers: json, body });
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  it('refuses a media type that is not named', () => {
    const request = { method: 'POST', url: '/boxes', headers: { 'content-type': 'text/plain' }, body: 'a' };
    expect(open.checkRequest(request)).toEqual([expect.stringContaining('takes no body of type text/plain')]);
  });
});

describe('replies of OpenAPI 3.0', () => {
  it.each([
    { name: 'a', note: null, state: null },
    { name: 'a', note: 'b', state: 'on', size: 0.5, labels: { x: 'y' }, anything: { goes: [1] } },
  ])('passes %p', (body) => {
    expect(open.checkReply('POST', '/boxes', box(body))).toEqual([]);
  });

  it.each([
    [{ name: null }, 'POST /boxes -> 201: body at /name: must be string'],
    [{ name: 'a', state: 'sideways' }, 'at /state'],
    [{ name: 'a', size: 0 }, 'at /size: must be > 0'],
    [{ name: 'a', labels: { x: 1 } }, 'at /labels/x: must be string'],
    [{ name: 'a', invented: 1 }, 'must NOT have unevaluated properties (invented)'],
  ])('refuses %p', (body, problem) => {
    expect(open.checkReply('POST', '/boxes', box(body)).join('\n')).toContain(problem);
  });

  it('knows statuses, empty bodies and errors that are not listed', () => {
    expect(open.checkReply('DELETE', '/boxes/a', { status: 204 })).toEqual([]);
    expect(open.checkReply('DELETE', '/boxes/a', { status: 204, body: { a: 1 } })).toEqual([
      'DELETE /boxes/{id} -> 204: the specification has no body here',
    ]);
    expect(open.checkReply('DELETE', '/boxes/a', { status: 200 })).toEqual([
      'DELETE /boxes/{id} -> 200: this status is not in the specification',
    ]);
    expect(open.checkReply('DELETE', '/boxes/a', { status: 404, body: { message: 'none' } })).toEqual([]);
    expect(open.checkReply('DELETE', '/boxes/a', { status: 404, body: { text: 'none' } })).toEqual([
      "DELETE /boxes/{id} -> 404: must have required property 'message' (message)",
    ]);
    expect(open.checkReply('GET', '/boxes/a', { status: 200, contentType: 'text/html', body: 'a' })).toEqual([
      'GET /boxes/{id} -> 200: type text/html is not in the specification (text/plain)',
    ]);
  });
});

describe('Swagger 2.0', () => {
  it('takes the body parameter for the body, and lists with commas', () => {
    const run = { method: 'POST', url: '/run?tags=1,2', headers: json, body: { command: 'ls' } };
    expect(swagger.checkRequest(run)).toEqual([]);
    expect(swagger.checkRequest({ ...run, url: '/run?tags=1,b' })).toHaveLength(1);
    expect(swagger.checkRequest({ ...run, body: { comand: 'ls' } })).toHaveLength(2);
    expect(swagger.checkRequest({ ...run, body: undefined })).toEqual(['POST /run: the body is missing']);
  });

  it('lets forms and files through by their media type', () => {
    const form = { 'content-type': 'multipart/form-data; boundary=x' };
    expect(swagger.checkRequest({ method: 'POST', url: '/upload', headers: form, body: 'form' })).toEqual([]);
    expect(swagger.checkRequest({ method: 'GET', url: '/download', headers: {} })).toEqual([
      'GET /download: query parameter "path" is missing',
    ]);
    const bytes = { status: 200, contentType: 'application/octet-stream', body: Buffer.from('a') };
    expect(swagger.checkReply('GET', '/download', bytes)).toEqual([]);
  });

  it('checks replies by their schema', () => {
    const reply = { status: 200, contentType: 'application/json', body: { command: 1 } };
    expect(swagger.checkReply('POST', '/run', reply)).toEqual([
      'POST /run -> 200: body at /command: must be string (string)',
    ]);
    expect(swagger.checkReply('POST', '/run', { status: 204 })).toEqual([]);
  });
});
