import { answerOf } from '@showrunner/api-client';
import type { ApiClient, components } from '@showrunner/api-client';
import { parseAge } from './age';
import { EXIT } from './watch-run';

type Share = components['schemas']['Share'];
export interface ShareOptions {
  /** Age after which the link opens nothing any more. */
  expires?: string;
  list?: boolean;
  /** Id of a link. */
  revoke?: string;
  json?: boolean;
}

/**
 * `share`: prints an address under which anybody may watch the film of a run; with `list` all of them, with `revoke` takes one back.
 * @throws {InvalidInputError} `age_invalid` @throws {AppError} the server's problem, e.g. `nothing_to_share`
 */
export async function share(api: ApiClient, runId: string, options: ShareOptions): Promise<number> {
  const path = { runId };
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  if (options.revoke !== undefined) {
    await answerOf(
      api.DELETE('/runs/{runId}/shares/{shareId}', {
        params: { path: { ...path, shareId: options.revoke } },
      }),
    );
    say(`Link ${options.revoke} opens nothing any more.`);
    return EXIT.filmed;
  }
  if (options.list === true) {
    const { data } = await answerOf(api.GET('/runs/{runId}/shares', { params: { path } }));
    if (options.json === true)
      say(
        JSON.stringify(
          data.map((one) => withAddresses(api, one)),
          null,
          2,
        ),
      );
    else for (const one of data) say(lineOf(api, one));
    return EXIT.filmed;
  }
  const body =
    options.expires === undefined ? {} : { expiresInSeconds: Math.round(parseAge(options.expires) / 1000) };
  const made = await answerOf(api.POST('/runs/{runId}/shares', { params: { path }, body }));
  if (options.json === true) say(JSON.stringify(withAddresses(api, made), null, 2));
  else {
    say(api.addressOf(made.path));
    process.stderr.write(
      `Anybody who has it may watch the film until ${made.expiresAt}. Take it back: showrunner share ${runId} --revoke ${made.id}\n`,
    );
  }
  return EXIT.filmed;
}

const withAddresses = (api: ApiClient, share: Share): Share & { url: string; embedUrl: string } => ({
  ...share,
  url: api.addressOf(share.path),
  embedUrl: api.addressOf(share.embedPath),
});

const lineOf = (api: ApiClient, { id, state, path, expiresAt }: Share): string =>
  `${id}  ${state === 'live' ? `until ${expiresAt}  ${api.addressOf(path)}` : state}`;
