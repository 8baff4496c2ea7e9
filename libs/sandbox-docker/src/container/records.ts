import type { NetworkPolicy } from '@showrunner/contracts';
import type { EngineClient } from '../engine/engine-client';
import { isRefusal } from '../engine/engine-error';
import type { VolumeDetails } from '../engine/engine.types';
import { LABEL, namesOf } from './names';

/** What may change in a sandbox's life. */
export interface SandboxRecord {
  sequence: number;
  labels: Record<string, string>;
  network: NetworkPolicy;
}

/**
 * Keeps records in the engine, so that every worker that uses it sees the same. Labels of a container cannot be changed; those of an
 * empty volume are as good, and a change is a new volume with the next number.
 */
export class Records {
  constructor(
    private readonly client: EngineClient,
    private readonly installation: string,
  ) {}

  async write(id: string, record: Omit<SandboxRecord, 'sequence'>): Promise<void> {
    const before = await this.volumesOf(id);
    let sequence = 1 + Math.max(0, ...before.map((volume) => recordOf(volume)?.sequence ?? 0));
    for (;;) {
      const name = namesOf(this.installation, id).record(sequence);
      const text = JSON.stringify({ sequence, labels: record.labels, network: record.network });
      const made = await this.client.call<VolumeDetails>('POST', '/volumes/create', {
        body: {
          Name: name,
          Driver: 'local',
          Labels: this.labels(id, { [LABEL.role]: 'record', [LABEL.record]: text }),
        },
      });
      // Creating a volume that exists gives that one: somebody else took the number.
      if (made.Labels?.[LABEL.record] === text) break;
      sequence += 1;
    }
    for (const volume of before) await removeVolume(this.client, volume.Name);
  }

  async read(id: string): Promise<SandboxRecord | undefined> {
    return newest(await this.volumesOf(id));
  }

  /** Every record of this installation, by sandbox. */
  async all(): Promise<Map<string, SandboxRecord>> {
    const byId = new Map<string, VolumeDetails[]>();
    for (const volume of await this.volumes([`${LABEL.role}=record`])) {
      const id = volume.Labels?.[LABEL.sandbox] ?? '';
      byId.set(id, [...(byId.get(id) ?? []), volume]);
    }
    return new Map(
      [...byId].flatMap(([id, volumes]) => {
        const record = newest(volumes);
        return record === undefined ? [] : [[id, record] as const];
      }),
    );
  }

  volumesOf(id: string): Promise<VolumeDetails[]> {
    return this.volumes([`${LABEL.sandbox}=${id}`, `${LABEL.role}=record`]);
  }

  /** Volumes of this installation that carry these labels too. */
  async volumes(labels: string[] = []): Promise<VolumeDetails[]> {
    const filters = JSON.stringify({ label: [`${LABEL.installation}=${this.installation}`, ...labels] });
    const reply = await this.client.call<{ Volumes: VolumeDetails[] | null }>('GET', '/volumes', {
      query: { filters },
    });
    return reply.Volumes ?? [];
  }

  labels(id: string, more: Record<string, string>): Record<string, string> {
    return { [LABEL.installation]: this.installation, [LABEL.sandbox]: id, ...more };
  }
}

function recordOf(volume: VolumeDetails): SandboxRecord | undefined {
  const text = volume.Labels?.[LABEL.record];
  return text === undefined ? undefined : (JSON.parse(text) as SandboxRecord);
}

function newest(volumes: VolumeDetails[]): SandboxRecord | undefined {
  const records = volumes.flatMap((volume) => recordOf(volume) ?? []);
  return records.sort((one, other) => other.sequence - one.sequence)[0];
}

/** Nothing when there is none. */
export async function removeVolume(client: EngineClient, name: string): Promise<void> {
  try {
    await client.call('DELETE', `/volumes/${name}`, { query: { force: true } });
  } catch (error) {
    if (!isRefusal(error, 404)) throw error;
  }
}
