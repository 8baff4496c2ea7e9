import { createHash } from 'node:crypto';
import type { PageElement, PageSnapshot } from '@showrunner/contracts';

/** Stable hash of what a page shows: path, theme, and of each element role, name, value and states. Positions do not count. */
export const fingerprintOf = (page: {
  path: string;
  theme: string;
  elements: readonly PageElement[];
}): string => {
  const hash = createHash('sha1').update(`${page.path}\n${page.theme}\n`);
  for (const { role, name, value, disabled, checked, pressed, expanded, selected } of page.elements) {
    hash.update(
      `${role}\0${name}\0${value}\0${[disabled, checked, pressed, expanded, selected].map(mark).join('')}\n`,
    );
  }
  return hash.digest('hex').slice(0, 16);
};

const mark = (state: boolean | undefined): string => (state === undefined ? '-' : state ? '1' : '0');

/** What a page shows apart from what changes by itself: two looks with the same answer are looks at a page at rest. */
export const steadyFingerprint = (page: PageSnapshot): string => {
  const { restless = [] } = page;
  if (restless.length === 0) return `${page.fingerprint}\n${page.text}`;
  const steady = (text: string): string =>
    restless.reduce((left, part) => (part === '' ? left : left.split(part).join('')), text);
  const elements = page.elements
    .filter((element) => element.restless !== true)
    .map((element) => ({ ...element, name: steady(element.name) }));
  return `${fingerprintOf({ ...page, elements })}\n${steady(page.text)}`;
};
