import type { Candidate } from '@showrunner/contracts';
import { candidate, step } from '../candidate';
import { formsOf } from '../forms';
import { isFileField, isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { allowed, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { fileFor } from '../sample-values';
import { readable, shorten } from '../words';

const ASKS =
  /\b(upload|import|attach|choose (a )?files?|browse|select (a )?files?|add (a )?(files?|photos?|images?|pictures?|documents?))\b/i;
const WHAT: Record<string, string> = {
  'harbour.png': 'a picture',
  'notes.txt': 'a text file',
  'figures.csv': 'a table',
  'places.json': 'data',
  'brief.pdf': 'a document',
};

/** A file of ours, given to a field or a button that asks for one. What comes of it is seen in rehearsal. */
export function uploadFeatures(context: RulesContext): Candidate[] {
  return context.views
    .flatMap((view) => {
      const before = stepsTo(context, view);
      const node = before && fieldOf(context, view);
      if (before === undefined || node === undefined) return [];
      const file = fileFor(node);
      const name = readable(node.name);
      const title =
        /^(add|upload|import|attach|choose)\b/i.test(name) && name.length <= 50
          ? name
          : `Upload ${WHAT[file] ?? 'a file'}`;
      return [
        candidate({
          kind: 'create',
          variety: 'upload',
          title,
          description: 'Chosen from the computer, there at once.',
          startPath: view.path,
          steps: [
            ...before,
            step(
              { type: 'upload', target: view.targetOf(node), file },
              `${shorten(title, 60)}: ${file}`,
              { kind: 'textVisible', text: file },
              true,
            ),
          ],
          score: 80 - 3 * before.length,
          words: ['upload file import attach picture add', name],
          needsSignIn: view.page.signedIn,
        }),
      ];
    })
    .slice(0, 1);
}

/** A file field that no form sends, or a button that asks for a file. */
function fieldOf(context: RulesContext, view: PageView): Node | undefined {
  const sent = new Set(
    formsOf(view)
      .filter((form) => form.kind === 'create')
      .flatMap((form) => form.fields.map((field) => field.index)),
  );
  const field = view.nodes.find((node) => isFileField(node) && isUsable(node) && !sent.has(node.index));
  return (
    field ??
    view.ofRole('button', 'generic').find(
      (node) =>
        isUsable(node) &&
        node.popup === undefined &&
        // A card may speak of an import; one that can be moved asks for nothing.
        node.draggable !== true &&
        ASKS.test(node.name) &&
        node.name.length <= 60 &&
        allowed(context, node.name) &&
        !formsOf(view).some((form) => form.button?.index === node.index),
    )
  );
}
