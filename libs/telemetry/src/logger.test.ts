import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '@showrunner/contracts';
import { createLogger, withContext } from './logger';
import { redact, redactText } from './redaction';

function capture(level?: string) {
  const lines: string[] = [];
  const destination = { write: (line: string): void => void lines.push(line) };
  return { lines, logger: createLogger({ service: 'worker', level, destination }) };
}

describe('createLogger', () => {
  it('writes one JSON object a line with service, level, time and context', () => {
    const { lines, logger } = capture();
    withContext(logger, { runId: 'r1', workflowId: 'run-r1' }).info({ durationMs: 5 }, 'Stored the plan');
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      service: 'worker',
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      runId: 'r1',
      workflowId: 'run-r1',
      durationMs: 5,
      message: 'Stored the plan',
    });
  });

  it('leaves out what is less severe', () => {
    const { lines, logger } = capture('warn');
    logger.info('quiet');
    logger.warn('loud');
    expect(lines).toHaveLength(1);
  });

  it('writes no secret, whatever way it comes in', () => {
    const { lines, logger } = capture();
    const secret = 'hunter2hunter2';
    logger.info(
      { headers: { authorization: `Bearer ${secret}` }, token: secret },
      `clone https://u:${secret}@host/a.git`,
    );
    logger.error(new Error(`fetch https://${secret}@host failed`), `Authorization: Bearer ${secret}`);
    logger.error({
      err: new AppError('internal_error', 'y', {
        details: { password: secret },
        cause: new Error(`Bearer ${secret}`),
      }),
    });
    withContext(logger, { apiKey: secret }).info('in the context');
    expect(lines).toHaveLength(4);
    expect(lines.join('')).not.toContain(secret);
  });
});

describe('redact', () => {
  it.each([
    [
      'git clone https://ghp_abcdefghijklmnopqrst@github.com/a/b',
      'git clone https://[hidden]@github.com/a/b',
    ],
    ['postgresql://user:pa:ss@host/db', 'postgresql://[hidden]@host/db'],
    ['key sk_0123456789abcdef', 'key [hidden]'],
    ['GET /x?token=abc&page=2', 'GET /x?token=[hidden]&page=2'],
    ['mail a@b.example', 'mail a@b.example'],
  ])('%s', (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  it('leaves what is no secret as it was and ends on circles', () => {
    fc.assert(fc.property(fc.array(fc.integer()), (value) => expect(redact({ value })).toEqual({ value })));
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(JSON.stringify(redact(circle))).toContain('[deeper]');
  });
});
