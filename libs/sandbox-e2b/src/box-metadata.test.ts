import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_LIMITS } from '@showrunner/contracts';
import { decodeFacts, encodeFacts, identityFilter, type BoxFacts } from './box-metadata';

const FACTS: BoxFacts = {
  id: 'sbx-1',
  installation: 'here',
  createdAt: '2026-01-01T00:00:00.000Z',
  limits: DEFAULT_LIMITS,
  network: { mode: 'allow', hosts: ['registry.npmjs.org'] },
  labels: { run: 'r1' },
};

it('reads back what it wrote, whatever the labels', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }), (labels) => {
      expect(decodeFacts(encodeFacts({ ...FACTS, labels }))).toEqual({ ...FACTS, labels });
    }),
  );
});

it('can be asked for by what it wrote', () => {
  expect(encodeFacts(FACTS)).toMatchObject(identityFilter('here', 'sbx-1'));
  expect(identityFilter('here')).toEqual({ 'showrunner.installation': 'here' });
});

it('takes nothing for ours that is not', () => {
  expect(decodeFacts(undefined)).toBeUndefined();
  expect(decodeFacts({})).toBeUndefined();
  for (const name of Object.keys(encodeFacts({ ...FACTS, labels: {} }))) {
    const { [name]: _left, ...rest } = encodeFacts(FACTS);
    expect(decodeFacts(rest)).toBeUndefined();
  }
  expect(decodeFacts({ ...encodeFacts(FACTS), 'showrunner.limits': '{"cpus":-1}' })).toBeUndefined();
  expect(decodeFacts({ ...encodeFacts(FACTS), 'showrunner.network': '{"mode":"open"}' })).toBeUndefined();
  expect(decodeFacts({ ...encodeFacts(FACTS), 'showrunner.created': 'yesterday' })).toBeUndefined();
});
