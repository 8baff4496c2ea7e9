import { findTargets } from '@showrunner/contracts';
import type { CandidateStep, Condition, Exploration, ExploredPage, Target } from '@showrunner/contracts';
import { click, step } from './candidate';
import { isField, PageView } from './page-view';
import { readable, shorten } from './words';

/** The clicks that lead from a fresh load of the page to this state, each with what it makes visible. Undefined when nothing tells them apart. */
export function revealSteps(exploration: Exploration, page: ExploredPage): CandidateStep[] | undefined {
  const steps: CandidateStep[] = [];
  for (const [at, target] of page.revealedBy.entries()) {
    const before = stateOf(exploration, page, at);
    const after = stateOf(exploration, page, at + 1);
    const success = before && after && appearance(new PageView(before), new PageView(after));
    if (success === undefined) return undefined;
    const isHover = page.hovering === true && at === page.revealedBy.length - 1;
    steps.push(
      isHover
        ? step({ type: 'hover', target }, hoverCaption(target), success)
        : click(target, revealCaption(target), success),
    );
  }
  return steps;
}

function stateOf(exploration: Exploration, page: ExploredPage, clicks: number): ExploredPage | undefined {
  const wanted = JSON.stringify(page.revealedBy.slice(0, clicks));
  return exploration.pages.find(
    (one) =>
      one.path === page.path && one.signedIn === page.signedIn && JSON.stringify(one.revealedBy) === wanted,
  );
}

const PREFERRED = ['dialog', 'alertdialog', 'menu', 'heading', 'form'];

/** A fact that holds on `after` and not on `before`. */
export function appearance(before: PageView, after: PageView): Condition | undefined {
  const fresh = after.nodes.filter(
    (node) => findTargets(before.nodes, { role: node.role, name: node.name, exact: true }).length === 0,
  );
  for (const role of PREFERRED) {
    const node = fresh.find((one) => one.role === role && (one.name !== '' || role === 'dialog'));
    if (node) return { kind: 'elementVisible', target: { role: node.role, name: node.name, exact: true } };
  }
  const node = fresh.find(
    (one) =>
      one.name !== '' &&
      (isField(one) || ['menuitem', 'option', 'tabpanel', 'region', 'button', 'link'].includes(one.role)),
  );
  const shown =
    node ?? fresh.find((one) => /\p{L}{2}/u.test(one.name) && one.name.length <= 80 && one.role !== 'form');
  return shown && { kind: 'elementVisible', target: { role: shown.role, name: shown.name, exact: true } };
}

const revealCaption = (target: Target): string => {
  const name = readable(target.name);
  if (name === '') return 'Open the menu';
  if (/^(open|show|new|add|create|view|see|write|compose|start|toggle|expand)\b/i.test(name)) return name;
  return `Open ${name}`;
};

const hoverCaption = (target: Target): string => {
  const name = shorten(readable(target.name), 50);
  return name === '' ? 'Point at an entry' : `Point at “${name}”`;
};
