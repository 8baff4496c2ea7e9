import type { PreviewLink } from '../generated/client';
import type { Db } from '../connection/client';

export interface StoredPreviewLink {
  linkId: string;
  sandboxId: string;
  port: number;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
}

const toRecord = ({
  id,
  sandboxId,
  port,
  createdAt,
  expiresAt,
  revokedAt,
}: PreviewLink): StoredPreviewLink => ({
  linkId: id,
  sandboxId,
  port,
  createdAt,
  expiresAt,
  revokedAt,
});

/** Links to previews; the links of a sandbox that is destroyed are revoked with it. */
export function previewLinksRepository(db: Db) {
  return {
    async create(
      link: Pick<StoredPreviewLink, 'linkId' | 'sandboxId' | 'port' | 'expiresAt'>,
    ): Promise<StoredPreviewLink> {
      const { linkId, ...data } = link;
      return toRecord(await db.previewLink.create({ data: { id: linkId, ...data } }));
    },
    async find(linkId: string): Promise<StoredPreviewLink | null> {
      const row = await db.previewLink.findUnique({ where: { id: linkId } });
      return row && toRecord(row);
    },
    /** Of one sandbox, the newest first, those that still open something. */
    async listLive(sandboxId: string): Promise<StoredPreviewLink[]> {
      const rows = await db.previewLink.findMany({
        where: { sandboxId, revokedAt: null, expiresAt: { gt: new Date() } },
        orderBy: { createdAt: 'desc' },
        take: 1000,
      });
      return rows.map(toRecord);
    },
    /** True when this call revoked it. */
    async revoke(linkId: string): Promise<boolean> {
      const { count } = await db.previewLink.updateMany({
        where: { id: linkId, revokedAt: null },
        data: { revokedAt: new Date() },
      });
      return count > 0;
    },
  };
}
