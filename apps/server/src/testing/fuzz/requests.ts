import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { mutateBytes, mutateValue, oddText } from './mutate';
import type { Chance } from './mutate';

/** A request as it goes over the wire, and what it was made of, to be found again. */
export interface FuzzedRequest {
  what: string;
  bytes: Buffer;
}

interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  $ref?: string;
  minimum?: number;
}
interface Operation {
  parameters?: { name: string; in: string; schema?: Schema }[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
  'x-websocket'?: object;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}

/** What would start something that costs: asked for by name only of projects and sandboxes that there are none of. */
const NOBODY = 'nobody00nobody00';

/** Requests to every operation of the OpenAPI document, each with something wrong. */
export class RequestSource {
  private readonly document: Document;
  private readonly operations: { method: string; path: string; operation: Operation }[];

  constructor(
    openApiFile: string,
    private readonly key: string,
    private readonly chance: Chance,
  ) {
    this.document = JSON.parse(readFileSync(openApiFile, 'utf8')) as Document;
    this.operations = Object.entries(this.document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        method: method.toUpperCase(),
        path,
        operation,
      })),
    );
  }

  request(): FuzzedRequest {
    const { chance } = this;
    const { method, path, operation } = this.operations[chance.below(this.operations.length)] ?? {
      method: 'GET',
      path: '/',
      operation: {},
    };
    const asked = chance.isTrue(0.1)
      ? chance.oneOf(['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'POST'])
      : method;
    const filled = path.replace(/\{\w+\}/g, () =>
      chance.isTrue(0.5) ? NOBODY : encodeSome(oddText(chance), chance),
    );
    const query = (operation.parameters ?? [])
      .filter((one) => one.in === 'query' && chance.isTrue(0.5))
      .map(
        ({ name, schema }) =>
          `${name}=${encodeSome(chance.isTrue(0.6) ? oddText(chance) : String(this.sample(schema)), chance)}`,
      );
    const url = `${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`;
    const body = this.body(operation, asked);
    const upgrade =
      operation['x-websocket'] === undefined
        ? []
        : [
            'Connection: Upgrade',
            'Upgrade: websocket',
            `Sec-WebSocket-Key: ${oddText(chance).replace(/[^\x20-\x7e]/g, '')}`,
          ];
    return this.compose(`${asked} ${url}`, asked, url, body, upgrade);
  }

  /** A multipart body around an archive, with something wrong in one of its layers. */
  upload(): FuzzedRequest {
    const { chance } = this;
    const plain = chance.oneOf([
      zipOf(),
      tarOf(),
      gzipSync(tarOf()),
      Buffer.alloc(0),
      Buffer.from('PK\x05\x06'),
    ]);
    const archive = chance.isTrue(0.4) ? mutateBytes(plain, chance) : plain;
    const project = JSON.stringify(mutateValue({ name: 'fuzzed', subdir: 'web' }, chance));
    const part = (disposition: string, content: Buffer): Buffer =>
      Buffer.concat([
        Buffer.from(`--B\r\nContent-Disposition: ${disposition}\r\n\r\n`),
        content,
        Buffer.from('\r\n'),
      ]);
    const names = [
      'form-data; name="archive"; filename="a.zip"',
      'form-data; name="archive"',
      'form-data',
      'form-data; name=""',
      'form-data; filename="a"',
      "form-data; name*=utf-8''%00",
      'attachment; name="archive"',
      `form-data; name="${oddText(chance).replace(/[\r\n]/g, '')}"`,
    ] as const;
    const parts = [
      part(chance.oneOf(names), archive),
      part(chance.isTrue(0.7) ? 'form-data; name="project"' : chance.oneOf(names), Buffer.from(project)),
    ];
    const whole = Buffer.concat([
      ...(chance.isTrue(0.5) ? parts : parts.reverse()),
      Buffer.from('--B--\r\n'),
    ]);
    const body = chance.isTrue(0.5) ? mutateBytes(whole, chance) : whole;
    const type = chance.isTrue(0.9)
      ? 'multipart/form-data; boundary=B'
      : `multipart/form-data${oddText(chance).replace(/[^\x20-\x7e]/g, '')}`;
    return this.compose(
      `POST /api/projects ${body.toString('latin1').slice(0, 200)}`,
      'POST',
      '/api/projects',
      { type, bytes: body },
      [],
    );
  }

  private compose(
    what: string,
    method: string,
    url: string,
    body: { type: string; bytes: Buffer } | undefined,
    more: string[],
  ): FuzzedRequest {
    const { chance } = this;
    const headers = [
      'Host: fuzz',
      `Authorization: Bearer ${this.key}`,
      ...(more.length > 0 ? more : ['Connection: close']),
      ...(body === undefined ? [] : [`Content-Type: ${body.type}`, `Content-Length: ${body.bytes.length}`]),
      ...(chance.isTrue(0.2)
        ? [
            `${chance.oneOf(['Range', 'Idempotency-Key', 'Last-Event-ID', 'Accept', 'X-Request-Id', 'Cookie', 'Content-Encoding'])}: ${oddText(chance).replace(/[\r\n\0]/g, '')}`,
          ]
        : []),
    ];
    const head = Buffer.from(`${method} ${url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
    const bytes = Buffer.concat([
      chance.isTrue(0.05) ? mutateBytes(head, chance) : head,
      body?.bytes ?? Buffer.alloc(0),
    ]);
    return { what, bytes };
  }

  private body({ requestBody }: Operation, method: string): { type: string; bytes: Buffer } | undefined {
    const { chance } = this;
    const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
    if (type === undefined)
      return chance.isTrue(0.1) ? { type: 'application/json', bytes: Buffer.from('{}') } : undefined;
    if (type !== 'application/json')
      return { type, bytes: mutateBytes(chance.oneOf([tarOf(), gzipSync(tarOf())]), chance) };
    const value = mutateValue(this.sample(media?.schema), chance);
    const text = Buffer.from(JSON.stringify(value) ?? '');
    const bytes = chance.isTrue(0.2) ? mutateBytes(text, chance) : text;
    return {
      type: chance.isTrue(0.95) ? type : oddText(chance).replace(/[^\x20-\x7e]/g, ''),
      bytes: method === 'GET' && chance.isTrue(0.5) ? Buffer.alloc(0) : bytes,
    };
  }

  /** A value as a schema has it; text stands for nobody, so that nothing is started. */
  private sample(schema: Schema | undefined, depth = 0): unknown {
    const { chance } = this;
    if (schema === undefined || depth > 8) return NOBODY;
    if (schema.$ref !== undefined)
      return this.sample(this.document.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''], depth + 1);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return schema.enum[chance.below(schema.enum.length)];
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices !== undefined) return this.sample(choices[chance.below(choices.length)], depth + 1);
    if (schema.allOf !== undefined)
      return Object.assign({}, ...schema.allOf.map((one) => this.sample(one, depth + 1)));
    switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
      case 'object':
        return Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([name, one]) => [name, this.sample(one, depth + 1)]),
        );
      case 'array':
        return [this.sample(schema.items, depth + 1)];
      case 'integer':
      case 'number':
        return schema.minimum ?? 1;
      case 'boolean':
        return chance.isTrue(0.5);
      default:
        return NOBODY;
    }
  }
}

/** Percent-encoded, mostly: what cannot stand in a request line at all never does. */
const encodeSome = (text: string, chance: Chance): string =>
  chance.isTrue(0.3) && /^[\x21-\x7e]*$/.test(text)
    ? text.replace(/[#?]/g, '')
    : encodeURIComponent(text.replace(/\p{Surrogate}/gu, ''));

function tarOf(): Buffer {
  const block = Buffer.alloc(512);
  block.write('index.html', 0);
  block.write('0000644\0', 100);
  block.write('00000000005\0', 124);
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\0', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const content = Buffer.alloc(512);
  content.write('hello');
  return Buffer.concat([block, content, Buffer.alloc(1024)]);
}

/** Local header, central directory and end of an archive with one empty file. */
function zipOf(): Buffer {
  const name = 'index.html';
  const local = Buffer.alloc(30 + name.length);
  local.write('PK\x03\x04', 0, 'latin1');
  local.writeUInt16LE(name.length, 26);
  local.write(name, 30);
  const central = Buffer.alloc(46 + name.length);
  central.write('PK\x01\x02', 0, 'latin1');
  central.writeUInt16LE(name.length, 28);
  central.write(name, 46);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
