import { describe, expect, it } from '@jest/globals';
import type { Candidate, Feature } from '@showrunner/contracts';
import { candidate, click } from '../candidate';
import { page } from '../testing/outline';
import { OpenClaims } from './open-claims';
import type { RehearsalPerformer } from './performer';
import type { Settled } from './settle-claims';
import type { Tried } from './try-candidate';

const kept = page('/', 'listitem "Plan the launch"');
const gone = page('/', 'listitem "Something else"');
const target = { role: 'listitem', name: 'Plan the launch', exact: true };
const make = (kind: Feature['kind'], success: Feature['steps'][0]['success']): Candidate =>
  candidate({
    ...{ kind, title: `${kind} it`, description: '', startPath: '/', score: 1 },
    steps: [click(target, 'Go', success)],
  });
const one = make('create', { kind: 'elementVisible', target });
const tried: Tried = { feature: { ...one.feature, steps: one.feature.steps }, claimsToLast: true };

/** A performer whose server needs its time, and the order of what was asked of it. */
function busy(restsInMs: number, reloaded = kept): RehearsalPerformer & { asked: string[] } {
  const asked: string[] = [];
  const note = <T>(what: string, answer: T): Promise<T> => {
    asked.push(what);
    return Promise.resolve(answer);
  };
  return {
    asked,
    snapshot: () => Promise.resolve(kept),
    begin: () => Promise.resolve({}),
    perform: () => Promise.resolve({ verified: true }),
    leaveAlone: (ms, isLeft) =>
      note(isLeft ? `alone, to be left${ms > 5000 ? ', for long' : ''}` : 'alone', isLeft === true),
    serverRestedAt: () => (restsInMs === 0 ? 0 : Date.now() + restsInMs),
    until: () => note('waited', undefined),
    keepStorage: () => note('kept', () => note('put back', undefined)),
    lookAgain: () => note('looked', { verified: true }),
    reload: () => note('reloaded', reloaded),
  };
}

describe('claims that are open', () => {
  const settled: Settled[] = [];
  const claimsOf = (performer: RehearsalPerformer): OpenClaims => {
    settled.length = 0;
    const claims = new OpenClaims(performer, (what) => settled.push(what));
    claims.add(tried);
    return claims;
  };

  it('are dropped where the thing is gone some seconds later', async () => {
    let looks = 0;
    const performer = { ...busy(0), snapshot: () => Promise.resolve((looks += 1) > 1 ? gone : kept) };
    await claimsOf(performer).leave();
    expect(settled[0]?.dropped).toMatchObject([{ reason: 'It was taken back some seconds later.' }]);
  });

  it('wait for a busy server while others only show what is there', async () => {
    const performer = busy(60_000);
    const claims = claimsOf(performer);
    await claims.leave(make('search', { kind: 'textVisible', text: 'x' }));
    await claims.leave(make('toggle', { kind: 'themeChanged' }));
    expect(performer.asked).toEqual(['alone, to be left', 'looked', 'alone, to be left, for long', 'kept']);
    await claims.leave();
    expect(performer.asked.slice(4)).toEqual(['waited', 'put back', 'reloaded']);
    expect(settled.at(-1)?.features).toMatchObject([{ id: tried.feature.id, lasts: true }]);
  });

  it.each([
    ['something that may change it follows', make('use', { kind: 'textVisible', text: 'x' })],
    ['nothing follows', undefined],
  ])('are looked at before %s', async (_, next) => {
    const performer = busy(60_000);
    await claimsOf(performer).leave(next);
    expect(performer.asked).toContain('reloaded');
  });

  it('are looked at at once where no server was asked, and dropped when they did not last', async () => {
    const performer = busy(0, gone);
    await claimsOf(performer).leave(make('open', { kind: 'textVisible', text: 'x' }));
    expect(performer.asked).toContain('reloaded');
    expect(settled.at(-1)?.dropped).toMatchObject([{ reason: expect.stringContaining('gone') }]);
  });

  it('leave the page as it is where the next goes on from there, and are all asked for once it is left', async () => {
    const performer = busy(0);
    const claims = claimsOf(performer);
    const next = make('search', { kind: 'textVisible', text: 'x' });
    await claims.leave({ ...next, feature: { ...next.feature, startPath: null } });
    expect(performer.asked).toEqual(['alone', 'looked', 'kept']);
    const second = { ...tried, feature: { ...tried.feature, id: 'second' } };
    claims.add(second);
    await claims.leave({ ...next, feature: { ...next.feature, startPath: null } });
    expect(performer.asked).not.toContain('reloaded');
    await claims.leave();
    expect(performer.asked.slice(-3)).toEqual(['waited', 'put back', 'reloaded']);
    expect(settled.at(-1)?.features.map(({ id }) => id)).toEqual([tried.feature.id, 'second']);
  });
});
