import type { SandboxInfo } from '@showrunner/contracts';
import { infoOf, infoOfSummary } from './container/containers';
import { LABEL } from './container/names';
import { removeVolume } from './container/records';
import type { EngineContext } from './container/engine-context';
import type { DockerLifecycle } from './docker-lifecycle';
import type { ContainerSummary, VolumeDetails } from './engine/engine.types';
import { isRefusal } from './engine/engine-error';

/** What has no container for so long is nobody's any more. */
const HALF_MADE_MS = 10 * 60_000;
/** What a build may take, and more. */
const BUILD_MS = 60 * 60_000;
const NO_LIMITS = { cpus: 0, memoryBytes: 0, diskBytes: 0, maxProcesses: 0 };

/** Everything in the engine that is this installation's. */
export class DockerInventory {
  constructor(
    private readonly context: EngineContext,
    private readonly lifecycle: DockerLifecycle,
  ) {}

  async list(labels: Record<string, string>): Promise<SandboxInfo[]> {
    const [containers, records, volumes, archived] = await Promise.all([
      this.containers(),
      this.context.records.all(),
      this.context.records.volumes(),
      this.archived(),
    ]);
    const infos = new Map(archived.map((info) => [info.id, info]));
    for (const summary of containers) {
      const id = summary.Labels[LABEL.sandbox] ?? '';
      if (!infos.has(id)) infos.set(id, infoOfSummary(this.context, summary, records.get(id)?.labels ?? {}));
    }
    for (const volume of volumes) {
      const id = volume.Labels?.[LABEL.sandbox];
      if (id === undefined || infos.has(id)) continue;
      const createdAt = madeAt(volume).toISOString();
      const status = Date.now() - Date.parse(createdAt) > HALF_MADE_MS ? 'failed' : 'creating';
      const make = { id, limits: NO_LIMITS, environment: {}, createdAt };
      infos.set(id, infoOf(this.context, make, status, records.get(id)?.labels ?? {}));
    }
    const wanted = Object.entries(labels);
    return [...infos.values()].filter((info) => wanted.every(([name, value]) => info.labels[name] === value));
  }

  private async containers(): Promise<ContainerSummary[]> {
    const found = await this.ours<ContainerSummary>('/containers/json', { all: true });
    return found.filter(({ Labels }) => Labels[LABEL.role] !== 'build');
  }

  private async ours<Item>(
    path: string,
    query: Record<string, boolean> = {},
    labels: string[] = [],
  ): Promise<Item[]> {
    const filters = JSON.stringify({
      label: [`${LABEL.installation}=${this.context.installation}`, ...labels],
    });
    return this.context.client.call<Item[]>('GET', path, { query: { ...query, filters } });
  }

  private async archived(): Promise<SandboxInfo[]> {
    const all = await Promise.all(
      (await this.lifecycle.archives.ids()).map((id) => this.lifecycle.archives.read(id)),
    );
    return all.flatMap((found) =>
      found === undefined ? [] : [infoOf(this.context, found.make, 'archived', found.record.labels)],
    );
  }

  /** Removes volumes, images and build containers whose owner is gone for long. */
  async sweep(): Promise<void> {
    const known = new Set(
      (await this.list({})).filter(({ status }) => status !== 'failed').map(({ id }) => id),
    );
    const containers = new Set((await this.containers()).map(({ Labels }) => Labels[LABEL.sandbox]));
    for (const volume of await this.context.records.volumes()) {
      const id = volume.Labels?.[LABEL.sandbox];
      const old = Date.now() - madeAt(volume).getTime() > HALF_MADE_MS;
      if (!old || (id !== undefined && (known.has(id) || containers.has(id)))) continue;
      if (id === undefined) await removeVolume(this.context.client, volume.Name);
      else await this.lifecycle.destroy(id);
    }
    await this.lifecycle.archives.sweep(HALF_MADE_MS);
    for (const { Id, Created } of await this.ours<ContainerSummary>('/containers/json', { all: true }, [
      `${LABEL.role}=build`,
    ]))
      if (Date.now() - Created * 1000 > BUILD_MS)
        await this.remove(`/containers/${Id}`, { force: true, v: true });
    for (const image of await this.ours<{ Labels: Record<string, string> | null; Created: number }>(
      '/images/json',
      {},
      [LABEL.sandbox],
    )) {
      const id = image.Labels?.[LABEL.sandbox] ?? '';
      const old = Date.now() - image.Created * 1000 > BUILD_MS;
      if (old && !known.has(id) && !containers.has(id)) await this.context.images.removeOf(id);
    }
  }

  private async remove(path: string, query: Record<string, boolean>): Promise<void> {
    try {
      await this.context.client.call('DELETE', path, { query });
    } catch (error) {
      if (!isRefusal(error, 404, 409)) throw error;
    }
  }
}

function madeAt(volume: VolumeDetails): Date {
  const text = volume.Labels?.[LABEL.created] ?? volume.CreatedAt ?? '';
  const at = Date.parse(text);
  return new Date(Number.isNaN(at) ? 0 : at);
}
