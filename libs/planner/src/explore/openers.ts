import { formsOf } from '../forms';
import { forbiddenKind, isDestructive } from '../forbidden';
import { itemsOf } from '../items';
import { isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { readable } from '../words';

const MAKES = /\b(new|add|create|compose|write|start a|post a)\b|^\+$/i;
const THEME = /\b(theme|appearance|dark|light|colou?r mode)\b/i;
/** Buttons of a first page that lead into the app. */
const ENTERS =
  /^(get started|start( now| here)?|enter|launch( app)?|try (it|now|the demo)|(open|go to) (the )?app|(sign|log) ?(in|up)|register)\b/i;
/** Tools for the app's developers that lie over its pages. */
const DEVELOPER = /\bdev ?tools\b/i;
const SHOWS = /\b(details|open|view|show|more|filter|settings|preferences|help|about|shortcuts|edit)\b/i;

/**
 * Controls that may reveal hidden parts of a page, most promising first: what makes something new, a menu of looks, an item's details.
 * Nothing that ends, destroys, pays, sends or leaves.
 */
export function openersOf(view: PageView, intent: string): Node[] {
  const forms = formsOf(view);
  const submits = new Set(forms.flatMap((form) => (form.button ? [form.button.index] : [])));
  const hasCreateForm = forms.some((form) => form.kind === 'create');
  const buttons = view.nodes.filter((node) => {
    const name = readable(node.name) || node.name.trim();
    return (
      ['button', 'tab', 'menuitem'].includes(node.role) &&
      isUsable(node) &&
      name !== '' &&
      !DEVELOPER.test(name) &&
      !submits.has(node.index) &&
      !isDestructive(name) &&
      forbiddenKind(name, intent) === undefined &&
      node.selected !== true
    );
  });
  const items = itemsOf(view);
  const inItem = (node: Node): boolean =>
    items.some((item) => view.ancestors(node).some((one) => one.index === item.node.index));
  const found = {
    enters: firstOf(buttons.filter((node) => ENTERS.test(readable(node.name)))),
    makes: hasCreateForm ? [] : buttons.filter((node) => MAKES.test(node.name) && !inItem(node)),
    themes: buttons.filter(
      (node) => THEME.test(node.name) && (node.popup !== undefined || node.expanded === false),
    ),
    details: firstOf(
      items.flatMap((item) =>
        buttons.filter((node) => readable(node.name) === item.title && node.role === 'button'),
      ),
    ),
    edits: firstOf(
      items.flatMap((item) =>
        buttons.filter(
          (node) =>
            /^(edit|details|view|open)\b/i.test(readable(node.name)) &&
            view.ancestors(node).some((one) => one.index === item.node.index),
        ),
      ),
    ),
    tabs: buttons.filter((node) => node.role === 'tab').slice(0, 2),
    shows: buttons
      .filter(
        (node) =>
          node.role === 'button' && (SHOWS.test(node.name) || node.popup === 'dialog') && !inItem(node),
      )
      .slice(0, 2),
  };
  const ordered = [
    ...found.enters,
    ...found.makes.slice(0, 2),
    ...found.details,
    ...found.themes.slice(0, 1),
    ...found.edits,
    ...found.shows,
    ...found.tabs,
  ];
  return [...new Map(ordered.map((node) => [node.index, node])).values()];
}

const firstOf = (nodes: readonly Node[]): Node[] => nodes.slice(0, 1);
