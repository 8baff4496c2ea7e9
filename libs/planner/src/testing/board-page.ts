import type { PageSnapshot } from '@showrunner/contracts';
import { page } from './outline';

const WIDE = 250;

/** A board's page: columns side by side, each with its heading and below it what the outline of its cards says. */
export function boardPage(columns: Readonly<Record<string, string>>): PageSnapshot {
  const texts = Object.entries(columns).map(([name, cards]) => `heading "${name}" level=2\n${cards}`);
  const made = page('/', `heading "Sprint" level=1\n${texts.join('\n')}`);
  let column = -1;
  made.elements.forEach((element, at) => {
    if (element.level === 2) column += 1;
    const left = Math.max(0, column) * (WIDE + 50);
    element.box = {
      x: left,
      y: element.level === undefined ? 100 + at : 50 * (element.level ?? 1),
      width: WIDE,
      height: 20,
    };
  });
  return made;
}
