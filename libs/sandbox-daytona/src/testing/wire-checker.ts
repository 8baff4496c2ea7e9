import { SpecValidator } from '@showrunner/sandbox/testing/spec-validator';
import { findSpecifications } from '@showrunner/sandbox/testing/specifications';
import type { Answer } from './answer';
import type { Exchange } from './exchange';

/** Errors that an operation does not list have the form of their server. */
const API_ERROR = {
  type: 'object',
  required: ['path', 'timestamp', 'statusCode', 'error', 'message'],
  additionalProperties: false,
  properties: {
    path: { type: 'string' },
    timestamp: { type: 'string', format: 'date-time' },
    statusCode: { type: 'integer' },
    error: { type: 'string' },
    message: { type: 'string' },
  },
};
const TOOLBOX_ERROR = {
  type: 'object',
  required: ['statusCode', 'message', 'code', 'timestamp', 'path', 'method'],
};

export type Side = 'api' | 'toolbox';

/** Holds everything on the wire against Daytona's two specifications, and collects what is not as they say. */
export class WireChecker {
  readonly violations: string[] = [];
  checked = 0;

  private constructor(private readonly validators: Record<Side, SpecValidator>) {}

  /** @returns a sentence that says what is missing where the specifications are not there */
  static open(): WireChecker | { missing: string } {
    const found = findSpecifications(['daytona-api.openapi.json', 'daytona-toolbox.swagger.json']);
    if ('missing' in found) return found;
    return new WireChecker({
      api: SpecValidator.fromFile(found.paths['daytona-api.openapi.json'], { errorSchema: API_ERROR }),
      toolbox: SpecValidator.fromFile(found.paths['daytona-toolbox.swagger.json'], {
        errorSchema: TOOLBOX_ERROR,
      }),
    });
  }

  /** @param url below the base of the side */
  request(side: Side, exchange: Exchange, url: string): void {
    const { method, headers, body } = exchange;
    this.note(this.validators[side].checkRequest({ method, url, headers, body }));
  }

  reply(side: Side, method: string, url: string, { status, body, headers }: Answer): void {
    const contentType = headers?.['content-type'] ?? (body === undefined ? undefined : 'application/json');
    this.note(this.validators[side].checkReply(method, url, { status, contentType, body }));
  }

  private note(problems: string[]): void {
    this.checked++;
    this.violations.push(...problems);
  }
}
