import type { Candidate } from '@showrunner/contracts';
import { candidate, click } from '../candidate';
import { isDestructive } from '../forbidden';
import { itemsOf } from '../items';
import { isUsable } from '../page-view';
import { allowed, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { shorten } from '../words';

/** Deleting one item or signing out: only where the intent asks for it. */
export function destroyFeatures(context: RulesContext): Candidate[] {
  return context.views.flatMap((view) => {
    const before = stepsTo(context, view);
    if (before === undefined) return [];
    const items = itemsOf(view, 1);
    for (const item of items) {
      const node = view
        .descendants(item.node)
        .find(
          (one) =>
            one.role === 'button' && isUsable(one) && isDestructive(one.name) && allowed(context, one.name),
        );
      if (!node) continue;
      const title = `Delete “${shorten(item.title, 50)}”`;
      return [
        candidate({
          kind: 'edit',
          title,
          description: 'Gone with one click.',
          startPath: view.path,
          steps: [
            ...before,
            click(view.targetOf(node), title, {
              ...({ kind: 'textHidden', text: item.title } as const),
              beside: items.find((one) => one !== item && !one.text.includes(item.title))?.title,
            }),
          ],
          score: 45,
          words: ['delete remove clear discard', item.title],
          needsSignIn: view.page.signedIn,
        }),
      ];
    }
    const out = view.nodes.find(
      (one) => ['button', 'link'].includes(one.role) && /\b(log|sign) ?(out|off)\b/i.test(one.name),
    );
    if (!out || !/\b(log|sign)\s?-?(out|off)|logout|signout\b/i.test(context.intent)) return [];
    return [
      candidate({
        kind: 'navigate',
        title: 'Sign out',
        description: 'Back to the door.',
        startPath: view.path,
        steps: [
          ...before,
          click(view.targetOf(out), 'Sign out', { kind: 'elementHidden', target: view.targetOf(out) }),
        ],
        score: 10,
        words: ['sign log out logout signout off'],
        needsSignIn: true,
      }),
    ];
  });
}
