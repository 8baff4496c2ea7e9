import type { Preview } from '../generated/client';
import type { Db } from '../connection/client';

export interface PreviewRecord {
  sandboxId: string;
  /** Null for a sandbox without a project. */
  projectId: string | null;
  url: string;
  /** TCP port inside the sandbox. */
  port: number;
  /** Host header that the app accepts. */
  upstreamHost: string;
  path: string;
  createdAt: string;
}

const toRecord = (row: Preview): PreviewRecord => ({
  sandboxId: row.sandboxId,
  projectId: row.projectId,
  url: row.url,
  port: row.port,
  upstreamHost: row.upstreamHost,
  path: row.path,
  createdAt: row.createdAt.toISOString(),
});

/** Previews: where running apps can be reached. One a sandbox. */
export function previewsRepository(db: Db) {
  return {
    /** Makes the app reachable; a second call (the app was started again) replaces port, host and path. */
    async register(preview: Omit<PreviewRecord, 'createdAt'>): Promise<PreviewRecord> {
      const { sandboxId } = preview;
      const { count } = await db.preview.createMany({ data: [preview], skipDuplicates: true });
      const row =
        count > 0
          ? await db.preview.findUniqueOrThrow({ where: { sandboxId } })
          : await db.preview.update({ where: { sandboxId }, data: { ...preview, revokedAt: null } });
      return toRecord(row);
    },
    /** null when there is none or it was revoked. */
    async find(sandboxId: string): Promise<PreviewRecord | null> {
      const row = await db.preview.findFirst({ where: { sandboxId, revokedAt: null } });
      return row && toRecord(row);
    },
    /** The newest of a project's running apps; null when none runs. */
    async findOfProject(projectId: string): Promise<PreviewRecord | null> {
      const row = await db.preview.findFirst({
        where: { projectId, revokedAt: null },
        orderBy: { createdAt: 'desc' },
      });
      return row && toRecord(row);
    },
    async listLive(): Promise<PreviewRecord[]> {
      const rows = await db.preview.findMany({ where: { revokedAt: null }, orderBy: { createdAt: 'asc' } });
      return rows.map(toRecord);
    },
    /** True when this call revoked it. */
    async revoke(sandboxId: string): Promise<boolean> {
      const { count } = await db.preview.updateMany({
        where: { sandboxId, revokedAt: null },
        data: { revokedAt: new Date() },
      });
      return count > 0;
    },
  };
}
