import { expect, test } from '@jest/globals';
import { detect } from './detect';
import { listingOf } from './listing';
import { VITE, at, manifest } from './testing/shape';

test('secrets that an example of the environment leaves empty have values that mean nothing; keys of others, and what is set, stay as they are', async () => {
  const found = await detect(
    listingOf({
      ...manifest(VITE),
      '.env.example':
        'SECRET_KEY=\nJWT_SECRET=""\nSESSION_SECRET=changeme\nSTRIPE_SECRET_KEY=\nVITE_SECRET=\nAWS_SECRET=\nPORT=\nPASSWORD_SALT= # own\nPATH=/evil\n',
      ...at('api', {
        'requirements.txt': 'flask',
        'app.py': 'app = Flask(__name__)',
        '.env.example': 'COOKIE_SECRET=\n',
      }),
    }),
  );
  expect(found.env).toMatchObject({ SECRET_KEY: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(Object.keys(found.env)).toEqual(expect.arrayContaining(['SECRET_KEY', 'JWT_SECRET']));
  for (const name of ['SESSION_SECRET', 'STRIPE_SECRET_KEY', 'VITE_SECRET', 'AWS_SECRET', 'PORT'])
    expect(found.env).not.toHaveProperty(name);
  expect(found.env['PATH']).not.toBe('/evil');
  expect(found.reasons.map(({ because }) => because)).toContainEqual(
    expect.stringMatching(/\.env\.example leaves SECRET_KEY, JWT_SECRET(?:, PASSWORD_SALT)? empty/),
  );
  expect(found.processes?.[0]?.env).toHaveProperty('COOKIE_SECRET');
});
