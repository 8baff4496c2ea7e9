import { describe, expect, it } from '@jest/globals';
import type { Candidate, Proposal, SourceChanges } from '@showrunner/contracts';
import { rankByChanges } from './rank-by-changes';

const candidate = (name: string, score: number, more: Partial<Candidate> = {}): Candidate => ({
  feature: {
    ...{
      id: name.toLowerCase().replace(/\W+/g, '-'),
      kind: 'use',
      title: name,
      description: '',
      startPath: '/',
    },
    steps: [
      {
        action: { type: 'click', target: { role: 'button', name, exact: true } },
        ...{ caption: name, success: { kind: 'textVisible', text: 'x' }, timeoutMs: 8000 },
      },
    ],
  },
  ...{ variants: [], score, words: [], needsSignIn: false },
  ...more,
});
const proposal = (candidates: Candidate[], reserves: Candidate[], byIntent = false): Proposal => ({
  ...{ planner: 'rules-1', intent: '', byIntent, candidates, reserves, rejected: [] },
});
const changes = (more: Partial<SourceChanges>): SourceChanges => ({
  ...{ files: [], added: [], removed: [], messages: [] },
  ...more,
});
const titles = ({ candidates, reserves }: Proposal): string[][] =>
  [candidates, reserves].map((some) => some.map(({ feature }) => feature.title));

describe('a proposal after a change of the source', () => {
  const six = ['Add card', 'Open board', 'Search', 'Filter', 'Sort cards', 'Toggle theme'].map((name, n) =>
    candidate(name, 90 - n),
  );
  const [archive, exports] = [candidate('Archive done', 40), candidate('Export figures', 30)];

  it('films what was touched, also what was only a reserve, in place of what was not', () => {
    const ranked = rankByChanges(
      proposal(six, [archive, exports]),
      changes({ added: ['export', 'figures'] }),
    );
    const [filmed, spared] = titles(ranked);
    expect(filmed).toHaveLength(6);
    expect(filmed).toContain('Export figures');
    expect(spared).toEqual(expect.arrayContaining(['Archive done', 'Toggle theme']));
    expect([...(filmed ?? []), ...(spared ?? [])].sort()).toEqual(
      [...six, archive, exports].map(({ feature }) => feature.title).sort(),
    );
  });

  it('believes messages and names of files, too', () => {
    for (const hint of [{ messages: ['Let people archive'] }, { files: ['src/archive-button.tsx'] }])
      expect(titles(rankByChanges(proposal(six, [archive, exports]), changes(hint)))[0]).toContain(
        'Archive done',
      );
  });

  it('takes along what a touched feature needs', () => {
    const later = candidate('Undo archive', 20, { after: 'Archive done' });
    const [filmed] = titles(rankByChanges(proposal(six, [archive, later]), changes({ added: ['undo'] })));
    expect(filmed).toEqual(expect.arrayContaining(['Archive done', 'Undo archive']));
  });

  it('stays as it is when nothing is touched, and when an intent says what to show', () => {
    const plain = proposal(six, [archive]);
    expect(rankByChanges(plain, changes({ added: ['licence', 'year'] }))).toBe(plain);
    const asked = proposal([six[0] as Candidate], [archive], true);
    expect(rankByChanges(asked, changes({ added: ['archive'] }))).toBe(asked);
  });
});
