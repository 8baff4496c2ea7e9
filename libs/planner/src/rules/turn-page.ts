import type { Candidate } from '@showrunner/contracts';
import { candidate, click, step } from '../candidate';
import { itemsOf } from '../items';
import { isUsable } from '../page-view';
import { stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { readable } from '../words';

export const NEXT = /^(next( page)?|older( posts| entries)?|[›»→>]|go to next page|page 2|2)$/i;
const MORE = /^(load|show|see) more\b|^more (results|posts|items|entries)$/i;

/** The next part of a long list: by a page further on, by more of it, or by longer pages. */
export function turnPageFeatures(context: RulesContext): Candidate[] {
  return [...nextPages(context), ...longerPages(context)];
}

/** A list to choose from that holds nothing but numbers says how many entries a page has. */
function longerPages(context: RulesContext): Candidate[] {
  return context.views
    .flatMap((view) => {
      const before = stepsTo(context, view);
      const role = itemsOf(view)[0]?.node.role;
      const node = view
        .ofRole('combobox')
        .find(
          ({ options = [] }) => options.length >= 2 && options.every((one) => /^(\d{1,4}|all)$/i.test(one)),
        );
      const larger = node?.options?.filter((one) => Number(one) > Number(node.value)) ?? [];
      const option = larger[larger.length - 1];
      if (before === undefined || role === undefined || node === undefined || option === undefined) return [];
      const title = `Show ${option} at once`;
      const action = { type: 'select', target: view.targetOf(node), option } as const;
      return [
        candidate({
          kind: 'navigate',
          variety: 'page size',
          title,
          description: 'As much of the list as one likes to see.',
          startPath: view.path,
          steps: [...before, step(action, title, { kind: 'count', role, change: 'more' })],
          score: 46 - 3 * before.length,
          words: ['entries per page show more rows size', node.name],
          needsSignIn: view.page.signedIn,
        }),
      ];
    })
    .slice(0, 1);
}

function nextPages(context: RulesContext): Candidate[] {
  return context.views
    .flatMap((view) => {
      const before = stepsTo(context, view);
      const items = itemsOf(view);
      const first = items[0];
      if (before === undefined || first === undefined) return [];
      const controls = view.nodes.filter(
        (node) =>
          ['button', 'link'].includes(node.role) &&
          isUsable(node) &&
          node.current !== true &&
          node.index > first.node.index &&
          !items.some((item) => view.ancestors(node).some((one) => one.index === item.node.index)),
      );
      const labelOf = (name: string): string => readable(name) || name.trim();
      const next = controls.find((node) => NEXT.test(labelOf(node.name)));
      const more = controls.find((node) => MORE.test(labelOf(node.name)));
      const node = next ?? more;
      if (node === undefined) return [];
      const role = first.node.role;
      const isNext = next !== undefined;
      const title = isNext ? 'Turn to the next page' : 'See more of the list';
      return [
        candidate({
          kind: 'navigate',
          variety: 'page',
          title,
          description: isNext ? 'Long lists come in pages.' : 'The rest is one click away.',
          startPath: view.path,
          steps: [
            ...before,
            {
              ...click(
                view.targetOf(node),
                title,
                isNext ? { kind: 'textHidden', text: first.title } : { kind: 'count', role, change: 'more' },
              ),
              // Another page shows others, not the same with another sign before them.
              ...(isNext ? { leavesOut: items.map((item) => item.title) } : {}),
            },
          ],
          score: 61 - 3 * before.length,
          words: ['next page pagination more load turn', node.name],
          needsSignIn: view.page.signedIn,
        }),
      ];
    })
    .slice(0, 1);
}
