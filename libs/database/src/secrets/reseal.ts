import { Prisma } from '../generated/client';
import type { Db } from '../connection/client';
import { placeOf, placeOfSecrets, placeOfToken } from './environments';
import type { Environment } from './environments';
import type { SecretBox } from './secret-box';

const BATCH = 200;

const SEALED = {
  source_token_sealed: { table: 'projects', placeOf: placeOfToken },
  secrets_sealed: { table: 'runs', placeOf: placeOfSecrets },
} as const;
type SealedColumn = keyof typeof SEALED;

interface Row {
  id: string;
  sealed: string | null;
  env: Environment | null;
}

/** Secrets at rest, of all tenants. */
export function secretsRepository(db: Db, box: SecretBox) {
  /** What another key than today's sealed, and what an earlier release left in the clear. */
  const due = (table: 'runs' | 'builds' | 'sandboxes'): Promise<Row[]> => {
    const from = Prisma.raw(`"${table}"`);
    const env = table === 'sandboxes' ? Prisma.sql`"environment"` : Prisma.sql`"overrides"->'env'`;
    return db.$queryRaw<Row[]>`
      SELECT id, environment_sealed AS sealed, ${env} AS env FROM ${from}
      WHERE (environment_sealed IS NOT NULL AND NOT starts_with(environment_sealed, ${box.prefix}))
        OR (${env} IS NOT NULL AND ${env} <> '{}'::jsonb) ORDER BY id LIMIT ${BATCH}`;
  };
  const clear = {
    runs: Prisma.sql`overrides = (overrides - 'env') || jsonb_build_object('envNames', (SELECT coalesce(jsonb_agg(name), '[]') FROM jsonb_object_keys(overrides->'env') AS name))`,
    builds: Prisma.sql`overrides = (overrides - 'env') || jsonb_build_object('envNames', (SELECT coalesce(jsonb_agg(name), '[]') FROM jsonb_object_keys(overrides->'env') AS name)),
      plan = CASE WHEN plan IS NULL THEN NULL ELSE jsonb_set(plan, '{env}', (plan->'env') - ARRAY(SELECT jsonb_object_keys(overrides->'env'))) END`,
    sandboxes: Prisma.sql`environment = '{}'::jsonb`,
  };
  const reseal = async (table: 'runs' | 'builds' | 'sandboxes', { id, sealed, env }: Row): Promise<void> => {
    const place = placeOf(table, id);
    const again = box.seal(sealed === null ? JSON.stringify(env) : box.open(sealed, place), place);
    const cleared = sealed === null ? Prisma.sql`, ${clear[table]}` : Prisma.empty;
    await db.$executeRaw`UPDATE ${Prisma.raw(`"${table}"`)} SET environment_sealed = ${again} ${cleared}
      WHERE id = ${id} AND environment_sealed IS NOT DISTINCT FROM ${sealed}`;
  };
  /** A column that never held anything in the clear. */
  const resealColumn = async (name: SealedColumn): Promise<number> => {
    const { table, placeOf: place } = SEALED[name];
    const [from, column] = [Prisma.raw(table), Prisma.raw(name)];
    let done = 0;
    for (;;) {
      const rows = await db.$queryRaw<{ id: string; sealed: string }[]>`
        SELECT id, ${column} AS sealed FROM ${from}
        WHERE ${column} IS NOT NULL AND NOT starts_with(${column}, ${box.prefix}) ORDER BY id LIMIT ${BATCH}`;
      if (rows.length === 0) return done;
      for (const { id, sealed } of rows) {
        const again = box.seal(box.open(sealed, place(id)), place(id));
        await db.$executeRaw`UPDATE ${from} SET ${column} = ${again} WHERE id = ${id} AND ${column} = ${sealed}`;
      }
      done += rows.length;
    }
  };
  return {
    /** Seals with the key of today whatever is not. Answers how many; what no key opens is left and makes it fail. */
    async reseal(): Promise<number> {
      let done = 0;
      for (const table of ['runs', 'builds', 'sandboxes'] as const) {
        for (let rows = await due(table); rows.length > 0; rows = await due(table)) {
          for (const row of rows) await reseal(table, row);
          done += rows.length;
        }
      }
      // Keys that sign cookies are made anew instead: whoever is signed in has his refreshed.
      await db.signingKey.deleteMany({ where: { NOT: { sealed: { startsWith: box.prefix } } } });
      return done + (await resealColumn('source_token_sealed')) + (await resealColumn('secrets_sealed'));
    },
  };
}
