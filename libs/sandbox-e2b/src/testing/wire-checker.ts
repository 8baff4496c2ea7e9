import { SpecValidator, type SpecReply, type SpecRequest } from '@showrunner/sandbox/testing/spec-validator';
import { findSpecifications } from '@showrunner/sandbox/testing/specifications';
import { RPC_SCHEMAS, type RpcMethod } from './rpc-schemas';

/** E2B's error body; statuses that an operation does not list have it all the same. */
const ERROR = {
  type: 'object',
  required: ['code', 'message'],
  properties: { code: { type: 'integer' }, message: { type: 'string' } },
};

/** The specification in hand is of August 2026 and has no second version of these two; their bodies are those of the first. */
const NOT_YET_SPECIFIED: [RegExp, string][] = [
  [/^\/v2\/sandboxes(?=$|\?)/, '/sandboxes'],
  [/^\/v2(\/sandboxes\/[^/]+\/connect)/, '$1'],
];

const NAMES = ['e2b-openapi.yml', 'e2b-envd.openapi.yml'] as const;

/** Holds everything that passes over the wire against the vendor's specifications, and keeps what is wrong. */
export class WireChecker {
  readonly violations: string[] = [];
  /** How much was looked at, so that a test can tell that it was. */
  checked = 0;

  private constructor(
    private readonly control: SpecValidator,
    private readonly envd: SpecValidator,
  ) {}

  /** @returns a sentence that says what is missing where the specifications are not there */
  static open(): WireChecker | { missing: string } {
    const found = findSpecifications(NAMES);
    if ('missing' in found) return found;
    const read = (name: (typeof NAMES)[number]) =>
      SpecValidator.fromFile(found.paths[name], { errorSchema: ERROR });
    return new WireChecker(read('e2b-openapi.yml'), read('e2b-envd.openapi.yml'));
  }

  request(api: 'control' | 'envd', request: SpecRequest): void {
    const url = api === 'control' ? firstVersion(request.method, request.url) : request.url;
    this.note(this[api].checkRequest({ ...request, url }));
  }

  reply(api: 'control' | 'envd', method: string, url: string, reply: SpecReply): void {
    const path = api === 'control' ? firstVersion(method, url) : url;
    this.note(this[api].checkReply(method, path, reply));
  }

  rpc(method: RpcMethod, side: 'request' | 'reply', message: unknown): void {
    const result = RPC_SCHEMAS[method][side].safeParse(message);
    this.note(
      result.success
        ? []
        : result.error.issues.map(
            (issue) => `${method} ${side} at ${issue.path.join('.')}: ${issue.message}`,
          ),
    );
  }

  private note(problems: string[]): void {
    this.checked++;
    this.violations.push(...problems);
  }
}

function firstVersion(method: string, url: string): string {
  if (method !== 'POST') return url;
  return NOT_YET_SPECIFIED.reduce((path, [pattern, replacement]) => path.replace(pattern, replacement), url);
}
