import { describe, expect, it } from '@jest/globals';
import type { ActionRecord, Evidence, Feature } from '@showrunner/contracts';
import { actionRecord } from '@showrunner/contracts/testing';
import { mayFilmAgain } from './film-again';

const evidence = (kind: Evidence['kind'], bearing: Evidence['bearing']): Evidence => ({
  ...{ kind, bearing, saw: 'It was seen.', afterMs: 1, cause: 'action' },
});
const failed = (more: Partial<ActionRecord> = {}): ActionRecord =>
  actionRecord({ result: 'failed', verified: false, verdict: 'unproven', ...more });
const again = (kind: Feature['kind'], actions: ActionRecord[], startPath: string | null = '/'): boolean =>
  mayFilmAgain({ kind, startPath }, actions);

describe('a feature that failed is filmed once more', () => {
  it.each<[boolean, string, Feature['kind'], Partial<ActionRecord>]>([
    [true, 'what only shows what is there', 'search', {}],
    [true, 'what never came to act', 'create', { tool: 'none' }],
    [
      true,
      'what its server refused, this time',
      'create',
      { verdict: 'refuted', evidence: [evidence('request', 'against')] },
    ],
    [false, 'what may have been done', 'create', {}],
    [false, 'what no rule knows', 'use', {}],
    [
      false,
      'what the page itself refused',
      'search',
      { verdict: 'refuted', evidence: [evidence('message', 'against')] },
    ],
    [false, 'what its server accepted', 'search', { evidence: [evidence('request', 'for')] }],
    [false, 'a circle', 'search', { loop: true }],
    [
      false,
      'what nobody knows how to do',
      'search',
      {
        tool: 'none',
        decision: { by: 'rules-1', outcome: 'missing', target: null, confidence: 0, evidence: 'None.' },
      },
    ],
  ])('%s: %s', (expected, _what, kind, more) => expect(again(kind, [failed(more)])).toBe(expected));

  it('not where it goes on from another one, nor where an earlier step of it was accepted', () => {
    expect(again('open', [failed()], null)).toBe(false);
    expect(again('open', [])).toBe(false);
    const kept = actionRecord({ evidence: [evidence('request', 'for')] });
    expect(again('create', [kept, failed({ tool: 'none' })])).toBe(false);
  });
});
