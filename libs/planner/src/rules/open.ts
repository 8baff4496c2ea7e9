import { foldText } from '@showrunner/contracts';
import type { Candidate } from '@showrunner/contracts';
import { candidate, click } from '../candidate';
import { isChrome } from '../chrome';
import { formsOf } from '../forms';
import { itemsOf } from '../items';
import { isUsable } from '../page-view';
import type { Node } from '../page-view';
import { allowed, isFreshOn, isLoaded, isPage, isPlace, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { isBareVerb, readable, shorten } from '../words';
import { dayToChoose } from './calendar';
import { sortsOut } from './filter';

/** Details, dialogs and folded parts that open on a click; tabs that show another part. */
export function openFeatures(context: RulesContext): Candidate[] {
  return [...revealedStates(context), ...folded(context), ...tabs(context), ...modes(context)];
}

/** States that the explorer found behind a click and that hold no form to fill in: to see them is the feature. */
function revealedStates(context: RulesContext): Candidate[] {
  return context.views.flatMap((view) => {
    const opener = view.page.revealedBy[view.page.revealedBy.length - 1];
    // A calendar belongs to its field, and what shows while one points at a thing is no part of the page.
    if (view.page.hovering === true || dayToChoose(view, undefined) !== undefined) return [];
    if (opener === undefined || view.page.revealedBy.length !== 1 || !allowed(context, opener.name))
      return [];
    const base = context.views.find((one) => one.path === view.path && isLoaded(one.page));
    const isForm = formsOf(view).some(
      (form) =>
        form.kind === 'create' &&
        !base?.nodes.some((node) => node.role === form.button?.role && node.name === form.button.name),
    );
    if (isForm) return [];
    const steps = stepsTo(context, view);
    const shown = steps?.[0]?.success;
    if (
      !steps ||
      shown?.kind !== 'elementVisible' ||
      !['dialog', 'alertdialog', 'heading', 'region', 'tabpanel', 'menu'].includes(shown.target.role)
    )
      return [];
    // A menu offers what can be done; it is no detail of the thing that it is named after.
    const ofItem =
      shown.target.role !== 'menu' && base && itemsOf(base).some((item) => item.title === opener.name);
    // What is changed behind it, and what it switches, other rules show.
    if (/^(?:edit|change|rename|update|toggle\b.*|switch\b.*)$/i.test(readable(opener.name))) return [];
    // A verb alone (the name of an arrow) says nothing of what opens: what has come does.
    const called = isBareVerb(opener.name) ? readable(shown.target.name) : readable(opener.name);
    if (called === '' && shown.target.role !== 'menu') return [];
    const name = shorten(called, 60) || 'the menu';
    const leads = isPlace(context, view);
    const told = isBareVerb(opener.name)
      ? steps.map((one, at) => (at === steps.length - 1 ? { ...one, caption: `Open ${name}` } : one))
      : steps;
    return [
      candidate({
        kind: leads ? 'navigate' : 'open',
        title: leads
          ? `Go to ${name}`
          : /^(open|show|view|see|more)\b/i.test(name)
            ? name
            : `Open ${ofItem ? `“${name}”` : name}`,
        description: ofItem ? 'All the details, without leaving the page.' : 'One click away.',
        startPath: view.path,
        steps: told,
        score: ofItem ? 68 : shown.target.role === 'menu' ? 40 : 54,
        words: ['open show details view dialog expand', name, shown.target.name],
        needsSignIn: view.page.signedIn,
      }),
    ];
  });
}

function folded(context: RulesContext): Candidate[] {
  return context.views.flatMap((view) => {
    const before = isPage(context, view) ? stepsTo(context, view) : undefined;
    if (before === undefined) return [];
    const node = view.nodes.find((one) => {
      return (
        one.expanded === false &&
        isFreshOn(context, view, one) &&
        one.popup === undefined &&
        isUsable(one) &&
        !isChrome(view, one) &&
        ['button', 'treeitem', 'DisclosureTriangle'].includes(one.role) &&
        readable(one.name).length >= 3 &&
        allowed(context, one.name)
      );
    });
    if (!node) return [];
    const name = shorten(readable(node.name), 60);
    const target = view.targetOf(node);
    // An arrow in the name turns when it opens.
    const opened = name === foldText(node.name) || name === '' ? target : { ...target, name, exact: false };
    return [
      candidate({
        kind: 'open',
        title: `Open “${name}”`,
        description: 'More when you want it.',
        startPath: view.path,
        steps: [
          ...before,
          click(target, `Open “${name}”`, {
            ...{ kind: 'state', target: opened, state: 'expanded', equals: true },
          }),
        ],
        score: 50 - 2 * before.length,
        words: ['open expand show details', name],
        needsSignIn: view.page.signedIn,
      }),
    ];
  });
}

function tabs(context: RulesContext): Candidate[] {
  return context.views.flatMap((view) => {
    const before = isPage(context, view) ? stepsTo(context, view) : undefined;
    if (before === undefined) return [];
    const others = view
      .ofRole('tab')
      .filter(
        (node) =>
          isFreshOn(context, view, node) &&
          node.selected === false &&
          isUsable(node) &&
          readable(node.name).length >= 2 &&
          allowed(context, node.name),
      );
    return others.slice(0, 1).map((node) => {
      const name = shorten(readable(node.name), 60);
      const target = view.targetOf(node);
      return candidate({
        kind: 'navigate',
        title: `Switch to ${name}`,
        description: 'Another view of the same page.',
        startPath: view.path,
        steps: [
          ...before,
          click(target, `Switch to ${name}`, { kind: 'state', target, state: 'selected', equals: true }),
        ],
        score: 57 - 2 * before.length,
        words: ['tab view switch show', name],
        needsSignIn: view.page.signedIn,
      });
    });
  });
}

/** Buttons beside each other of which one is pressed, as those of a calendar are for month, week and day: another one shows the page in another way. */
function modes(context: RulesContext): Candidate[] {
  return context.views.flatMap((view) => {
    const before = isPage(context, view) ? stepsTo(context, view) : undefined;
    if (before === undefined) return [];
    const isMode = (node: Node): boolean =>
      node.role === 'button' && node.pressed !== undefined && /\p{L}{2}/u.test(readable(node.name));
    const chosen = view.nodes.find(
      (node) =>
        isMode(node) &&
        node.pressed === true &&
        view.nodes.filter((other) => other.parent === node.parent && isMode(other)).length >= 2,
    );
    const other = view.nodes.find(
      (node) =>
        node.parent === chosen?.parent &&
        isMode(node) &&
        node.pressed === false &&
        isUsable(node) &&
        isFreshOn(context, view, node) &&
        allowed(context, node.name),
    );
    if (chosen === undefined || other === undefined) return [];
    // What only some entries are of is a filter, which another rule shows.
    if (sortsOut(itemsOf(view), readable(other.name)) !== undefined) return [];
    const name = shorten(readable(other.name), 40);
    const target = view.targetOf(other);
    return [
      candidate({
        kind: 'navigate',
        variety: 'mode',
        title: `Switch to ${name}`,
        description: 'The same, seen in another way.',
        startPath: view.path,
        steps: [
          ...before,
          {
            ...click(target, `Switch to ${name}`, { kind: 'state', target, state: 'pressed', equals: true }),
            needsEffect: true,
          },
        ],
        score: 64 - 2 * before.length,
        words: ['view switch show mode', name],
        needsSignIn: view.page.signedIn,
      }),
    ];
  });
}
