import { expect, it } from '@jest/globals';
import type { Feature, PageSnapshot } from '@showrunner/contracts';
import { candidate, click, fill } from '../candidate';
import { page } from '../testing/outline';
import type { RehearsalPerformer } from './performer';
import { whatLasts } from './settle-claims';

const town = { role: 'textbox', name: 'Town', exact: true };
const { feature }: { feature: Feature } = candidate({
  kind: 'edit',
  title: 'Set the town to “Bergen”',
  description: 'Exactly this one.',
  startPath: '/',
  score: 90,
  words: [],
  needsSignIn: false,
  steps: [
    fill(town, 'Bergen', 'Set the town'),
    click({ role: 'button', name: 'Keep', exact: true }, 'Keep', {
      kind: 'textVisible',
      text: 'Profile saved.',
    }),
  ],
});
const tried = { feature, claimsToLast: true } as unknown as Parameters<typeof whatLasts>[1][number];
const reloadedTo = (snapshot: PageSnapshot): RehearsalPerformer =>
  ({
    reload: () => Promise.resolve(snapshot),
    snapshot: () => Promise.resolve(snapshot),
    begin: () => Promise.resolve({}),
    perform: () => Promise.resolve({ verified: true }),
  }) as unknown as RehearsalPerformer;

const asElement: Feature = {
  ...feature,
  steps: feature.steps.map((step) =>
    step.success.kind === 'textVisible'
      ? {
          ...step,
          success: {
            kind: 'elementVisible',
            target: { role: 'status', name: 'Profile saved.', exact: true },
          },
        }
      : step,
  ),
};

it.each([
  ['Bergen', 1, feature],
  ['Oslo', 0, feature],
  ['Bergen', 1, asElement],
  ['Oslo', 0, asElement],
])('a message that is gone after a reload says nothing: the value does (%s)', async (value, kept, said) => {
  const performer = reloadedTo(page('/', `textbox "Town" value=${value}\nbutton "Keep"`));
  const one = { ...tried, feature: said };
  const { features } = await whatLasts([one], [one], performer, '/');
  expect(features).toHaveLength(kept);
});
