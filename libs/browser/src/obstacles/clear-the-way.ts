import type { PageObserver } from '../observer/page-observer';
import type { PageActor } from '../steps/page-actor';
import { UNWATCHED } from '../steps/pace';
import { waitUntilStable } from '../steps/wait-until-stable';
import { chooseWayOut, keyOf } from './choose-way-out';
import type { WayOut } from './choose-way-out';
import type { Obstacle } from './find-obstacles';

/** Banners lead to panels, tours have parts: no more clicks than this before they are left alone. */
const MOST_ROUNDS = 8;
const LONGEST_QUOTE = 80;

/** Leaves what lies over the page as a visitor would who declines: consent banners, tours, offers. Nothing of it is a step or a feature. */
export class WayClearer {
  private readonly tried = new Set<string>();
  /** Beginnings of the texts of obstacles that were left before: they may come back with each load. */
  private readonly met = new Set<string>();
  private hasArrived = false;

  constructor(
    private readonly observer: PageObserver,
    private readonly actor: PageActor,
    private readonly onNote: (note: string) => void,
  ) {}

  /** Forgets what was tried: the page is another visitor's. */
  forget(): void {
    this.tried.clear();
    this.hasArrived = false;
  }

  /** Answers whether anything was left; the page has settled then. A page without obstacles costs one look. */
  async clear(): Promise<boolean> {
    const isArrival = !this.hasArrived;
    this.tried.clear();
    let left = false;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const obstacles = await this.observer.obstacles();
      const next = this.next(obstacles, isArrival);
      if (next === undefined) break;
      const { obstacle, way } = next;
      const name = 'press' in way ? way.press : way.control.name;
      this.tried.add(keyOf(obstacle, name));
      if (!(await this.take(way))) continue;
      left = true;
      this.tell(obstacle, name);
      await waitUntilStable(this.observer, await this.observer.snapshot(), UNWATCHED);
    }
    this.hasArrived = true;
    return left;
  }

  /** The innermost one of those that can be left. */
  private next(
    obstacles: readonly Obstacle[],
    isArrival: boolean,
  ): { obstacle: Obstacle; way: WayOut } | undefined {
    for (const obstacle of [...obstacles].sort((a, b) => a.text.length - b.text.length)) {
      const known = this.met.has(obstacle.text.slice(0, LONGEST_QUOTE));
      const way = chooseWayOut(obstacle, this.tried, isArrival || known);
      if (way !== undefined) return { obstacle, way };
    }
    return undefined;
  }

  private async take(way: WayOut): Promise<boolean> {
    if ('press' in way) return !(await this.actor.callTool('browser_press_key', { key: way.press })).isError;
    const node = await this.observer.locate(way.control.index);
    if (node === undefined) return false;
    const element = `${way.control.role} "${way.control.name}"`;
    return !(await this.actor.callTool('browser_click', { element, target: node.selector })).isError;
  }

  private tell({ text }: Obstacle, name: string): void {
    const quote = text.slice(0, LONGEST_QUOTE);
    if (this.met.has(quote)) return;
    this.met.add(quote);
    const how = name.trim() === '' ? 'its cross' : `“${name}”`;
    this.onNote(
      `Something lay over the page (“${quote}”); it was left by ${how}, as a visitor would who declines.`,
    );
  }
}
