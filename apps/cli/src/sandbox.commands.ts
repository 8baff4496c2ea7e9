import { AppError, type SandboxProviderName } from '@showrunner/contracts';
import { parseAge } from './age';
import { answerOf, type ApiClient, type components } from '@showrunner/api-client';

type SandboxLine = components['schemas']['SandboxResource'];
type PlannedMove = components['schemas']['MigrationPlan']['data'][number];
interface SandboxPage {
  data: SandboxLine[];
  nextCursor: string | null;
}

const EXIT_PARTLY = 1;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);
const DRY_RUN = 'Nothing was changed. Add --yes to do it.';

/** `sandboxes list`: all that are there. */
export async function listSandboxes(api: ApiClient, { json = false }: { json?: boolean }): Promise<number> {
  const found = await all(api, {});
  if (json) say(JSON.stringify(found, null, 2));
  else if (found.length === 0) say('No sandboxes.');
  else for (const one of found) say(lineOf(one));
  const { data } = await answerOf(api.GET('/maintenance/sandboxes/providers'));
  for (const { provider, sandboxes, why } of data.filter(({ reachable }) => !reachable))
    complain(`${sandboxes} of them at ${provider}, where nobody stops or ends them: ${why}`);
  return 0;
}

/** `sandboxes archive --older-than`: those that run or are stopped and were not used for so long. */
export async function archiveSandboxes(
  api: ApiClient,
  { olderThan, yes = false }: { olderThan: string; yes?: boolean },
): Promise<number> {
  const before = Date.now() - parseAge(olderThan);
  const found = await all(api, {});
  const old = found.filter(
    ({ status, lease }) => ['running', 'stopped'].includes(status) && Date.parse(lease.lastUsedAt) < before,
  );
  return forEach(old, yes, `not used for ${olderThan}`, lineOf, async ({ id }) => {
    await api.repeatedly.POST('/maintenance/sandboxes/{id}/archive', { params: { path: { id } } });
    return 'is being archived';
  });
}

/** `sandboxes delete --user`: all of a tenant. */
export async function deleteSandboxes(
  api: ApiClient,
  { user, yes = false }: { user: string; yes?: boolean },
): Promise<number> {
  const found = await all(api, { tenantId: user });
  return forEach(found, yes, `of ${user}`, lineOf, async ({ id }) => {
    await api.repeatedly.POST('/maintenance/sandboxes/{id}/delete', { params: { path: { id } } });
    return 'is being deleted';
  });
}

/** `sandboxes migrate --from --to`: files carried over, records updated. What was broken off goes on where it was. */
export async function migrateSandboxes(
  api: ApiClient,
  { from, to, yes = false }: { from: string; to: string; yes?: boolean },
): Promise<number> {
  // The server says which names there are.
  const query = { from, to } as { from: SandboxProviderName; to: SandboxProviderName };
  const { data } = await answerOf(api.GET('/maintenance/sandboxes/migration', { params: { query } }));
  for (const { id, why } of data.filter(({ action }) => action === 'skip')) say(`${id}  skipped: ${why}`);
  const work = data.filter(({ action }) => action !== 'skip');
  const describe = ({ id, tenantId, status, action }: PlannedMove): string =>
    `${id}  ${action}  ${status}  ${tenantId}`;
  return forEach(work, yes, `from ${from} to ${to}`, describe, async ({ id }) => {
    const params = { path: { id }, query };
    const { files } = await answerOf(api.repeatedly.POST('/maintenance/sandboxes/{id}/migrate', { params }));
    return `moved, ${files} files`;
  });
}

async function all(api: ApiClient, filter: { tenantId?: string }): Promise<SandboxLine[]> {
  const found: SandboxLine[] = [];
  let cursor: string | null = null;
  do {
    const query = { limit: 100, ...filter, ...(cursor === null ? {} : { cursor }) };
    const page: SandboxPage = await answerOf(api.GET('/maintenance/sandboxes', { params: { query } }));
    found.push(...page.data.filter(({ status }) => status !== 'destroyed'));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

/** One after the other; one that fails does not keep the others. Without `yes` only tells what would be done. */
async function forEach<T extends { id: string }>(
  items: T[],
  yes: boolean,
  which: string,
  describe: (item: T) => string,
  work: (item: T) => Promise<string>,
): Promise<number> {
  if (items.length === 0) say(`There is nothing to do: no sandbox ${which}.`);
  else if (!yes)
    for (const line of [...items.map(describe), `${items.length} sandboxes ${which}. ${DRY_RUN}`]) say(line);
  if (items.length === 0 || !yes) return 0;
  let failed = 0;
  for (const item of items) {
    try {
      say(`${item.id}  ${await work(item)}`);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failed += 1;
      say(`${item.id}  failed: ${error.message}${error.remedy ? ` ${error.remedy}` : ''}`);
    }
  }
  if (failed > 0) say(`${failed} of ${items.length} failed; the same command goes on with what is left.`);
  return failed > 0 ? EXIT_PARTLY : 0;
}

const lineOf = ({ id, status, provider, purpose, tenantId, lease }: SandboxLine): string =>
  `${id}  ${status.padEnd(9)} ${provider.padEnd(8)} ${purpose.padEnd(9)} ${tenantId}  used ${lease.lastUsedAt}`;
