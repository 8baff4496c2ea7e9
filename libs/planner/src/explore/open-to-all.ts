import type { Exploration, ExploredPage, PageElement } from '@showrunner/contracts';

/** Share of the names on a page that a visitor saw there, from which it is open to all. */
const OPEN = 0.8;

/** Whether a page showed much the same before anybody had signed in. */
export function isOpenToAll({ pages }: Exploration, { path, revealedBy, snapshot }: ExploredPage): boolean {
  const before = pages.find(
    (one) => one.path === path && one.signedIn !== true && one.revealedBy.length === 0,
  );
  if (before === undefined) return false;
  const loaded = pages.filter((one) => one.path === path && one.revealedBy.length === 0);
  const after = revealedBy.length === 0 ? snapshot : (loaded[loaded.length - 1] ?? before).snapshot;
  const names = namesOf(after.elements);
  const seen = namesOf(before.snapshot.elements);
  const shared = [...names].filter((name) => seen.has(name)).length;
  return names.size > 0 && shared >= OPEN * Math.max(names.size, seen.size);
}

const namesOf = (elements: readonly PageElement[]): Set<string> =>
  new Set(
    elements
      .filter(
        ({ role, name }) => ['button', 'link', 'heading', 'textbox', 'tab'].includes(role) && name !== '',
      )
      .map(({ role, name }) => `${role} ${name}`),
  );
