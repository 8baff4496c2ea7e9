import { createHash } from 'node:crypto';
import { because, type Draft } from './draft';
import { ENVIRONMENT_EXAMPLES, variablesIn } from './environment-file';
import { firstOf, listingWithin, type FileListing } from './listing';

/** Secrets that an app only needs to have, whatever they are. */
const OWN =
  /^(?:\w{1,40}_)?(?:SECRET(?:_KEY)?(?:_BASE)?|(?:SESSION|JWT|COOKIE|CSRF|TOKEN|REFRESH|ACCESS|AUTH)_(?:SECRET|KEY)|ENCRYPTION_KEY|SIGNING_KEY|SALT|PEPPER)$/;
/** Keys of other services, which made-up ones would only make fail later. */
const OF_OTHERS =
  /STRIPE|OPENAI|ANTHROPIC|AWS|S3|AZURE|GOOGLE|GITHUB|GITLAB|FACEBOOK|TWITTER|DISCORD|SLACK|APPLE|SENDGRID|MAIL|SMTP|TWILIO|CLOUD|SENTRY|PAYPAL|CLIENT|OAUTH|WEBHOOK|API_SECRET|RECAPTCHA|^(?:VITE|NEXT_PUBLIC|REACT_APP|PUBLIC|NUXT_PUBLIC)_/;
const MOST = 20;

/** 64 hexadecimal digits: also base64, and long enough for every check of length. The same at each build, so that a plan can be made again. */
const madeUp = (name: string): string => createHash('sha256').update(`made up for ${name}`).digest('hex');

/** Secrets that the example of its environment leaves empty, with values that mean nothing; told, and never over what is set already. */
export function withMadeUpValues(listing: FileListing, dir: string, draft: Draft): Draft {
  const own = emptySecrets(listing, dir);
  const fresh = own.names.filter((name) => !Object.hasOwn(draft.env, name));
  const processes = draft.processes?.map((part) => ({
    ...part,
    env: { ...valuesOf([...own.names, ...emptySecrets(listing, part.dir).names]), ...part.env },
  }));
  if (fresh.length === 0) return processes === undefined ? draft : { ...draft, processes };
  return {
    ...draft,
    env: { ...draft.env, ...valuesOf(fresh) },
    ...(processes === undefined ? {} : { processes }),
    reasons: [
      ...draft.reasons,
      because(
        'environment',
        `${own.file} leaves ${fresh.join(', ')} empty; values that mean nothing stand in.`,
      ),
    ],
  };
}

const valuesOf = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, madeUp(name)]));

function emptySecrets(listing: FileListing, dir: string): { file: string; names: string[] } {
  const here = listingWithin(listing, dir);
  const file = firstOf(here, ENVIRONMENT_EXAMPLES) ?? '';
  const names = Object.entries(variablesIn(here.read(file) ?? ''))
    .filter(([name, value]) => value === '' && OWN.test(name) && !OF_OTHERS.test(name))
    .map(([name]) => name);
  return { file, names: names.slice(0, MOST) };
}
