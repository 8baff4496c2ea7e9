import { createHash } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { storageKeys } from '@showrunner/contracts';
import type { ArchiveSource } from '@showrunner/contracts';
import { packFiles } from '@showrunner/generated-app';
import type { ProjectFile } from '@showrunner/generated-app';
import { OBJECT_STORE } from '@showrunner/service';
import type { ObjectStore } from '@showrunner/storage';

/** Files that nobody uploaded, kept as an upload would be. */
export class WrittenArchives {
  constructor(@Inject(OBJECT_STORE) private readonly store: ObjectStore) {}

  async keep(projectId: string, name: string, files: readonly ProjectFile[]): Promise<ArchiveSource> {
    const fileName = `${name}.tar.gz`;
    const archive = await packFiles(files);
    const storageKey = storageKeys.upload(projectId, fileName);
    await this.store.put(storageKey, archive);
    const sha256 = createHash('sha256').update(archive).digest('hex');
    return { kind: 'archive', storageKey, fileName, bytes: archive.length, sha256 };
  }
}
