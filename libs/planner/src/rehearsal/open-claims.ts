import type { Candidate, Feature } from '@showrunner/contracts';
import type { RehearsalPerformer } from './performer';
import { lookAgain, needsSecondLook, whatLasts } from './settle-claims';
import type { Settled } from './settle-claims';
import type { Tried } from './try-candidate';

/** What its server takes back is seen by then; its clock is ours, whatever the page's own says. */
const SERVER_MS = 3000;

/** What waits for its server to rest before it is loaded again. */
interface Owed {
  claims: readonly Tried[];
  due: readonly Tried[];
  path: string;
  restedAt: number;
  restore: () => Promise<void>;
}

/**
 * What features have claimed and has not been looked at again. A page is looked at again before it is left; whether its server has kept what it
 * shows is asked later, when the server has had its time: meanwhile others are tried that change nothing. Before it is asked the browser's storage
 * is as it was then, so that what the others have left there (a filter, a search) hides nothing.
 */
export class OpenClaims {
  private claims: Tried[] = [];
  private owed: Owed | undefined;

  constructor(
    private readonly performer: RehearsalPerformer,
    private readonly onSettled: (settled: Settled) => void,
  ) {}

  add(tried: Tried): void {
    if (needsSecondLook(tried.feature)) this.claims.push(tried);
  }

  /**
   * The second look at the page as it is; to be called before the page is left for `next`, or for good, and before `next` hides a part of it. One that
   * goes on from where the page is finds it as it was: nothing is loaded for the look.
   */
  async leave(next?: Candidate): Promise<void> {
    const { claims, performer } = this;
    const stays = next?.feature.startPath === null;
    this.claims = [];
    if (claims.length > 0) {
      const restedAt = performer.serverRestedAt(SERVER_MS);
      const { settled, due, path } = await lookAgain(claims, performer, !stays);
      this.onSettled(settled);
      if (due.length > 0) {
        const restore = await performer.keepStorage();
        if (!stays) await this.pay();
        const standing = claims.filter(({ feature }) => settled.features.some(({ id }) => id === feature.id));
        const owed = this.owed ?? { claims: [], due: [] };
        this.owed = {
          claims: [...owed.claims, ...standing],
          due: [...owed.due, ...due],
          ...{ path, restedAt, restore },
        };
      }
    }
    if (stays) return;
    const isOver = this.owed !== undefined && this.owed.restedAt <= Date.now();
    if (next === undefined || changes(next) || isOver) await this.pay();
  }

  private async pay(): Promise<void> {
    const { owed, performer } = this;
    this.owed = undefined;
    if (owed === undefined) return;
    await performer.until(owed.restedAt);
    await owed.restore();
    this.onSettled(await whatLasts(owed.claims, owed.due, performer, owed.path));
  }
}

/** What only shows what is there. A control that no rule knows may do anything. */
const SHOWS = new Set<Feature['kind']>(['navigate', 'search', 'filter', 'open']);

/** Whether it may change what another one has claimed; the looks of the whole page change nothing else. */
const changes = ({ feature }: Candidate): boolean =>
  !SHOWS.has(feature.kind) && !feature.steps.every(({ success }) => success.kind === 'themeChanged');
