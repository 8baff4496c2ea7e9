import { Inject } from '@nestjs/common';
import { requireTool } from '@showrunner/config';
import { sizeOfHeight } from '@showrunner/contracts';
import type { TenantDatabases } from '@showrunner/database';
import { filmSize, PlateCache, renderFrame } from '@showrunner/media';
import type { TakeFootage } from '@showrunner/media';
import { DATABASE, OBJECT_STORE } from '@showrunner/service';
import type { ObjectStore } from '@showrunner/storage';
import { placements } from '@showrunner/timeline';
import type { Timeline } from '@showrunner/timeline';
import { TakeShelf } from './take-shelf';

/** Frames that are composed at a time; each is a process of its own. Others wait their turn. */
const AT_ONCE = 2;

/** Single frames of films, as JPEGs: what is seen while a film is edited. */
export class FramesService {
  private readonly takes: TakeShelf;
  private readonly plates = new PlateCache();
  private composing = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(OBJECT_STORE) store: ObjectStore,
  ) {
    this.takes = new TakeShelf(store);
  }

  /**
   * The frame of a timeline at a moment, ms of the film; behind its end its last one.
   * @param height of the picture in px, even; as the film when undefined
   * @throws {AppError} `take_gone`, `take_missing`, `timeline_missing`, `tool_missing`, `ffmpeg_failed`; the signal's reason
   */
  async frame(
    tenantId: string,
    timeline: Timeline,
    { atMs, height, signal }: { atMs: number; height: number | undefined; signal: AbortSignal },
  ): Promise<Buffer> {
    const footage = await this.footageAt(tenantId, timeline, atMs);
    const whole = filmSize(timeline);
    const size = height === undefined ? whole : sizeOfHeight(whole, height);
    const ffmpegPath = requireTool('ffmpeg').path;
    return this.inTurn(signal, () =>
      renderFrame({ timeline, atMs, size, footage, ffmpegPath, signal, plates: this.plates }),
    );
  }

  /** The takes that a moment may show: its own, and the one that a dissolve comes from. */
  private async footageAt(
    tenantId: string,
    timeline: Timeline,
    atMs: number,
  ): Promise<Map<string, TakeFootage>> {
    const placed = placements(timeline.items);
    const at = placed.findIndex(({ endMs }) => atMs < endMs);
    const n = at === -1 ? placed.length - 1 : at;
    const wanted = new Set(placed.slice(Math.max(0, n - 1), n + 2).map(({ item }) => item.takeId));
    const takes = await this.database.forTenant(tenantId).takes.list(timeline.runId);
    const opened = takes
      .filter(({ takeId }) => wanted.has(takeId))
      .map(async (take) => [take.takeId, await this.takes.footageOf(timeline.runId, take)] as const);
    return new Map<string, TakeFootage>(await Promise.all(opened));
  }

  private async inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    while (this.composing >= AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.composing += 1;
    try {
      // Who asked may have gone meanwhile.
      signal.throwIfAborted();
      return await work();
    } finally {
      this.composing -= 1;
      this.waiting.shift()?.();
    }
  }
}
