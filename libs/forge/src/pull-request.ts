import { InvalidInputError } from '@showrunner/contracts';

export const FORGES = ['github', 'gitlab'] as const;
export type Forge = (typeof FORGES)[number];

/** A pull request of GitHub, a merge request of GitLab. */
export interface PullRequest {
  forge: Forge;
  /** Where the REST API of the forge is, without a slash at the end. */
  apiUrl: string;
  /** `owner/name`; of GitLab with as many groups as there are. */
  repository: string;
  number: number;
}

const PUBLIC_API: Record<Forge, string> = {
  github: 'https://api.github.com',
  gitlab: 'https://gitlab.com/api/v4',
};
const NAME = '[A-Za-z0-9_.-]+';
const FORMS: Record<Forge, RegExp> = {
  github: new RegExp(`^(?<repository>${NAME}/${NAME})#(?<number>\\d{1,9})$`),
  gitlab: new RegExp(`^(?<repository>${NAME}(?:/${NAME}){1,20})!(?<number>\\d{1,9})$`),
};
const EXAMPLES: Record<Forge, string> = { github: 'octo/app#12', gitlab: 'group/app!12' };
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Reads which request is meant: `owner/name#12` of GitHub, `group/name!12` of GitLab.
 * @param apiUrl of a forge of one's own; a token goes there, so only https, or this machine
 * @throws InvalidInputError `bad_forge`
 */
export function readRequest(forge: Forge, text: string, apiUrl = PUBLIC_API[forge]): PullRequest {
  const { repository, number } = FORMS[forge].exec(text)?.groups ?? {};
  const segments = repository?.split('/') ?? [];
  if (repository === undefined || segments.some((one) => /^\.+$/.test(one)))
    throw new InvalidInputError('bad_forge', `"${text.slice(0, 100)}" names no request of ${forge}.`, {
      remedy: `Write for example ${EXAMPLES[forge]}.`,
    });
  const url = URL.canParse(apiUrl) ? new URL(apiUrl) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (url === undefined || !isSafe || url.username !== '' || url.password !== '' || url.search !== '')
    throw new InvalidInputError(
      'bad_forge',
      'That is not the address of an API that a token may be sent to.',
      {
        remedy: `Give an https:// address without credentials, for example ${PUBLIC_API[forge]}.`,
      },
    );
  return { forge, apiUrl: url.href.replace(/\/+$/, ''), repository, number: Number(number) };
}
