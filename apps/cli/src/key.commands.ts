import { answerOf, type ApiClient, type components } from '@showrunner/api-client';
import { AppError, PERMISSIONS, ROLES } from '@showrunner/contracts';
import type { Permission, Role } from '@showrunner/contracts';
import { parseAge } from './age';

type Key = components['schemas']['ApiKey'];
const DAY_MS = 86_400_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

export interface NewKeyOptions {
  tenant?: string;
  permissions?: string;
  role?: string;
  expires?: string;
  json?: boolean;
}

/** `keys list`: each by its first characters. */
export async function listKeys(
  api: ApiClient,
  options: { tenant?: string; json?: boolean },
): Promise<number> {
  const query = options.tenant === undefined ? {} : { tenantId: options.tenant };
  const { data } = await answerOf(api.GET('/keys', { params: { query } }));
  if (options.json === true) say(JSON.stringify(data, null, 2));
  else for (const key of data) say(lineOf(key));
  return 0;
}

/** `keys create`: the key is shown this once. @throws {AppError} `permission_unknown`, `age_invalid` */
export async function createKey(api: ApiClient, name: string, options: NewKeyOptions): Promise<number> {
  const { tenant, permissions, role, expires, json = false } = options;
  const made = await answerOf(
    api.POST('/keys', {
      body: {
        name,
        ...(tenant === undefined ? {} : { tenantId: tenant }),
        ...(permissions === undefined ? {} : { permissions: permissions.split(',').map(toPermission) }),
        ...(role === undefined ? {} : { role: toRole(role) }),
        ...(expires === undefined ? {} : { expiresInDays: parseAge(expires) / DAY_MS }),
      },
    }),
  );
  if (json) say(JSON.stringify(made, null, 2));
  else {
    say(made.key);
    process.stderr.write(`${lineOf(made)}\nIt is shown this once.\n`);
  }
  return 0;
}

/** `keys revoke`: by id, or by the first characters of the key. @throws {AppError} `key_ambiguous`, `not_found` */
export async function revokeKey(api: ApiClient, which: string): Promise<number> {
  const { data } = await answerOf(api.GET('/keys', { params: { query: {} } }));
  const found = data.filter(({ id, prefix }) => id === which || prefix === which);
  if (found.length > 1) {
    throw new AppError('key_ambiguous', `Several keys begin with "${which}".`, {
      status: 409,
      remedy: 'Name it by its id: showrunner keys list.',
    });
  }
  const id = found[0]?.id ?? which;
  await answerOf(api.DELETE('/keys/{id}', { params: { path: { id } } }));
  say(`Key ${id} is revoked.`);
  return 0;
}

/** `tenants list`. */
export async function listTenants(api: ApiClient, { json = false }: { json?: boolean }): Promise<number> {
  const { data } = await answerOf(api.GET('/tenants'));
  if (json) say(JSON.stringify(data, null, 2));
  else for (const { id, createdAt } of data) say(`${id.padEnd(24)} since ${createdAt}`);
  return 0;
}

/** `tenants create`. */
export async function createTenant(api: ApiClient, id: string): Promise<number> {
  await answerOf(api.POST('/tenants', { body: { id } }));
  say(`Tenant ${id} is made. Give it a key: showrunner keys create <name> --tenant ${id}`);
  return 0;
}

/** `tenants delete`: with everything that is its own. @throws {AppError} `tenant_in_use`, `tenant_is_default`, `not_found` */
export async function deleteTenant(api: ApiClient, id: string): Promise<number> {
  await answerOf(api.DELETE('/tenants/{id}', { params: { path: { id } } }));
  say(`Tenant ${id} is deleted, with its keys, projects, films and sandboxes.`);
  return 0;
}

function toPermission(text: string): Permission {
  const found = PERMISSIONS.find((permission) => permission === text.trim());
  if (found !== undefined) return found;
  throw new AppError('permission_unknown', `"${text}" is no permission.`, {
    status: 400,
    remedy: `Give a comma list of ${PERMISSIONS.join(', ')}.`,
  });
}

function toRole(text: string): Role {
  const found = ROLES.find((role) => role === text.trim());
  if (found !== undefined) return found;
  throw new AppError('permission_unknown', `"${text}" is no role.`, {
    status: 400,
    remedy: `Give one of ${ROLES.join(', ')}.`,
  });
}

function lineOf({ id, prefix, name, tenantId, permissions, role, expiresAt, revokedAt }: Key): string {
  const end = revokedAt !== null ? 'revoked' : expiresAt !== null ? `until ${expiresAt}` : 'without end';
  return `${id}  ${prefix}…  ${tenantId.padEnd(12)} ${(role ?? permissions.join(',')).padEnd(26)} ${end}  ${name}`;
}
