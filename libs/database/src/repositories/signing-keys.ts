import { randomBytes } from 'node:crypto';
import type { Db } from '../connection/client';
import type { SecretBox } from '../secrets/secret-box';

const KEY_BYTES = 32;
const placeOf = (period: number): string => `signing-keys/${period}`;

/** Keys that sign what stands in cookies, the same for all gateways, one for each stretch of time; sealed at rest. */
export function signingKeysRepository(db: Db, box: SecretBox) {
  const find = async (period: number): Promise<Buffer | null> => {
    const row = await db.signingKey.findUnique({ where: { period } });
    // One that another key of the installation sealed is forgotten: what it signed is refreshed.
    if (row === null || !row.sealed.startsWith(box.prefix)) return null;
    return Buffer.from(box.open(row.sealed, placeOf(period)), 'base64url');
  };
  return {
    /** Null for a stretch in which nothing was signed. */
    find,
    /** The key of a stretch, made by whoever asks first; those from before the last one go. */
    async ensure(period: number): Promise<Buffer> {
      const known = await find(period);
      if (known !== null) return known;
      await db.signingKey.deleteMany({
        where: {
          OR: [{ period: { lt: period - 1 } }, { period, NOT: { sealed: { startsWith: box.prefix } } }],
        },
      });
      const sealed = box.seal(randomBytes(KEY_BYTES).toString('base64url'), placeOf(period));
      await db.signingKey.createMany({ data: [{ period, sealed }], skipDuplicates: true });
      const { sealed: stored } = await db.signingKey.findUniqueOrThrow({ where: { period } });
      return Buffer.from(box.open(stored, placeOf(period)), 'base64url');
    },
  };
}
