import { describe, expect, it } from '@jest/globals';
import type { StepAction } from './plan';
import { secretVariables } from './secrets';
import { SecretValues, secretsNamed } from './secret-values';

const target = { role: 'textbox', name: 'Password', exact: true };
const type = (text: string, secret?: string | true): StepAction => ({
  ...{ type: 'type', target, text, submit: false },
  ...(secret !== undefined && { secret }),
});
const step = (action: StepAction, equals: string) => ({
  ...{ action, caption: `Type "${equals}"`, success: { kind: 'value' as const, target, equals } },
});

describe('the secrets of a run', () => {
  it('are taken out of every text, in whatever form, and put in where they are typed', () => {
    const secrets = new SecretValues({ KEY: 'sk-live/1+2=3' });
    const told = secrets.mask({
      page: ['Key sk-live/1+2=3 made', 'q?k=sk-live%2F1%2B2%3D3', btoa('sk-live/1+2=3')],
      deep: { again: '{{KEY}}' },
    });
    expect(told).toEqual({ page: ['Key •••• made', 'q?k=••••', '••••'], deep: { again: '••••' } });
    const masked = secrets.mask(type('{{KEY}}'));
    expect(masked).toMatchObject({ text: '••••', secret: 'KEY' });
    expect(secrets.reveal(masked)).toEqual(type('sk-live/1+2=3'));
    expect(secrets.reveal(secrets.mask(type('Bearer {{KEY}}')))).toEqual(type('Bearer sk-live/1+2=3'));
  });

  it('become known by being typed, also the short ones, which stay what they are elsewhere', () => {
    const secrets = new SecretValues();
    const masked = secrets.mask({ steps: [step(type('demo', true), 'demo')], title: 'A demo' });
    expect(masked).toEqual({ steps: [step(type('••••', 'password'), '••••')], title: 'A demo' });
    expect(secrets.added).toEqual({ password: 'demo' });
    const again = new SecretValues(secrets.added);
    const [kept] = masked.steps;
    expect(kept && again.exactly(again.mask(kept)).success).toMatchObject({ equals: 'demo' });
  });

  it('are named in plans, and what is named and unknown is told before anything is typed', () => {
    const plan = [{ steps: [step(type('••••', 'KEY'), '••••'), step(type('plain'), 'plain')] }];
    expect(secretsNamed(plan)).toEqual(['KEY']);
    expect(() => new SecretValues().reveal(type('••••', 'KEY'))).toThrow(/KEY/);
    expect(new SecretValues().reveal(type('••••', 'sample-password'))).toEqual(type('Sunrise-4821'));
  });

  it('keep what was given apart from what is ours, and change nothing where there are none', () => {
    const secrets = new SecretValues({ KEY: 'abcdefgh' });
    secrets.mask(type('Sunrise-4821', true));
    expect(secrets.added).toEqual({});
    const dots = { text: 'a •••• b', n: 3, no: null, bytes: new Uint8Array(2) };
    expect(new SecretValues().mask(dots)).toEqual(dots);
  });
});

it('variables of an app are secrets by their names or by what they hold, and settings are none', () => {
  expect(
    secretVariables({
      ...{
        NODE_ENV: 'production',
        API_URL: 'http://localhost:3000/api/v1',
        PORT: '3000',
        API_KEY: 'abc123def',
      },
      ...{ PASSWORD: 'x', SIGNED_BY: 'q8Zr41xWcc09LmPtv3Kd', NAME: 'Harbour Rowing Club' },
    }),
  ).toEqual({ API_KEY: 'abc123def', SIGNED_BY: 'q8Zr41xWcc09LmPtv3Kd' });
});
