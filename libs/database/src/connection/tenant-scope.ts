import { AppError } from '@showrunner/contracts';
import { Prisma } from '../generated/client';
import type { PrismaClient } from '../generated/client';

/** Tables whose rows carry their tenant; of tenants themselves, that is the id. */
const COLUMN: Partial<Record<Prisma.ModelName, 'tenantId' | 'id'>> = {
  ...Object.fromEntries(
    Object.values(Prisma.ModelName)
      .filter((model) => 'tenantId' in scalarFieldsOf(model))
      .map((model) => [model, 'tenantId']),
  ),
  Tenant: 'id',
};

interface Arguments {
  where?: object;
  data?: object | object[];
  create?: object;
}

/**
 * The same client, for which nothing but the rows of one tenant exists: every statement gets its condition, every new row its owner. A
 * repository on it cannot forget to ask whose something is. Statements in plain SQL are the repository's own care.
 * @throws {AppError} `not_of_tenants` (a fault of ours) for a table without owners
 */
export function scopedTo(prisma: PrismaClient, tenantId: string): PrismaClient {
  const scoped = prisma.$extends({
    name: 'tenant',
    query: {
      $allModels: {
        $allOperations({ model, operation, args, query }) {
          const column = COLUMN[model];
          if (column === undefined) throw notOfTenants(model);
          return query(owned(operation, args as Arguments, { [column]: tenantId }) as typeof args);
        },
      },
    },
  });
  // The same models and methods; only what they ask for has changed.
  return scoped as unknown as PrismaClient;
}

const CREATING = ['create', 'createMany', 'createManyAndReturn'];

function owned(operation: string, args: Arguments, owner: object): Arguments {
  const own = (row: object): object => ({ ...row, ...owner });
  if (CREATING.includes(operation)) {
    const { data = {} } = args;
    return { ...args, data: Array.isArray(data) ? data.map(own) : own(data) };
  }
  // A unique key stays where Prisma looks for it, beside the condition.
  const where = { ...args.where, AND: [...conditionsOf(args.where), owner] };
  return operation === 'upsert' ? { ...args, where, create: own(args.create ?? {}) } : { ...args, where };
}

function conditionsOf(where: object | undefined): object[] {
  const { AND: given } = (where ?? {}) as { AND?: object | object[] };
  return given === undefined ? [] : Array.isArray(given) ? given : [given];
}

function scalarFieldsOf(model: Prisma.ModelName): object {
  return (Prisma as unknown as Record<string, object>)[`${model}ScalarFieldEnum`] ?? {};
}

const notOfTenants = (model: string): AppError =>
  new AppError('not_of_tenants', `Rows of ${model} belong to no tenant.`, {
    status: 500,
    remedy: 'Ask for it by the database of the platform.',
  });
