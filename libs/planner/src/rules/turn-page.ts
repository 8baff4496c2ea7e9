import type { Candidate } from '@showrunner/contracts';
import { candidate, click } from '../candidate';
import { itemsOf } from '../items';
import { isUsable } from '../page-view';
import { stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { readable } from '../words';

const NEXT = /^(next( page)?|older( posts| entries)?|[›»→>]|go to next page|page 2|2)$/i;
const MORE = /^(load|show|see) more\b|^more (results|posts|items|entries)$/i;

/** The next part of a long list: by a page further on, or by more of it. */
export function turnPageFeatures(context: RulesContext): Candidate[] {
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
            click(
              view.targetOf(node),
              title,
              isNext ? { kind: 'textHidden', text: first.title } : { kind: 'count', role, change: 'more' },
            ),
          ],
          score: 61 - 3 * before.length,
          words: ['next page pagination more load turn', node.name],
          needsSignIn: view.page.signedIn,
        }),
      ];
    })
    .slice(0, 1);
}
