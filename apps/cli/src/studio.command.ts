import { answerOf } from '@showrunner/api-client';
import type { ApiClient } from '@showrunner/api-client';
import { EXIT } from './watch-run';

/** Prints an address that signs one browser in, once; answers the exit code. The platform is started first where none runs. */
export async function studio(
  started: () => Promise<ApiClient>,
  { quiet = false }: { quiet?: boolean },
): Promise<number> {
  const api = await started();
  const { path, expiresAt } = await answerOf(api.POST('/sign-ins'));
  const address = api.addressOf(path);
  if (quiet) process.stdout.write(`${address}\n`);
  else
    process.stdout.write(
      `Open this in a browser; it signs you in once, until ${new Date(expiresAt).toLocaleTimeString()}:\n\n  ${address}\n`,
    );
  return EXIT.filmed;
}
