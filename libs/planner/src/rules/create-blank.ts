import { findTargets } from '@showrunner/contracts';
import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { ADDS } from '@showrunner/language';
import { candidate, submit } from '../candidate';
import { formsOf, isSearchField } from '../forms';
import { isTextField, isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { allowed, isNew, loadedOf, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { fieldHint, fieldKind, subjectFor } from '../sample-values';
import { readable, sentence, shorten, singular, withArticle } from '../words';

const PLUS = /^[+＋➕]/u;
const KINDS = ['subject', 'long', 'person', 'company', 'city', 'firstName'];

/** A button that makes a blank one, whose name is then typed where it will stand: it shows as it is typed, or once Enter is pressed. */
export function blankFeatures(context: RulesContext): Candidate[] {
  return context.views
    .flatMap((view) => {
      const opener = view.page.revealedBy[view.page.revealedBy.length - 1];
      const before = stepsTo(context, view);
      if (opener === undefined || before === undefined || !makesBlank(view)) return [];
      const name = readable(opener.name);
      const field = blankField(context, view);
      if (field === undefined || !allowed(context, opener.name)) return [];
      const noun = singular(
        name
          .replace(/^\W*/u, '')
          .replace(/^(?:add|create|new|start|write)\b\s*/i, '')
          .replace(/^(?:an?|new|another)\b\s*/i, '')
          .toLowerCase(),
      );
      const isForeign = ADDS.test(name) && /[^\u0000-\u007f]/u.test(name);
      const wanted = context.quoted.find((text) => isNew(context, text));
      const text = wanted ?? subjectFor(`${fieldHint(field)} ${noun}`, '', (one) => !isNew(context, one));
      const title = isForeign ? `“${shorten(name, 60)}”` : sentence(`Add ${withArticle(noun || 'entry')}`);
      const caption = `Call it “${shorten(text, 60)}”`;
      const target = view.targetOf(field);
      const shown = { kind: 'textVisible', text } as const;
      const live: CandidateStep = {
        ...submit(target, text, caption, shown),
        action: { type: 'type', target, text, submit: false },
      };
      return [
        candidate({
          kind: 'create',
          variety: 'blank',
          title,
          description: 'It is there as soon as it has a name.',
          startPath: view.path,
          steps: [...before, submit(target, text, caption, shown)],
          variants: [[...before, live]],
          score: 88 - 4 * before.length,
          words: ['add create new make write start', opener.name, noun],
          needsSignIn: view.page.signedIn,
          creates: text,
        }),
      ];
    })
    .slice(0, 1);
}

/** Whether what shows has been brought up by a button that adds something. */
export function makesBlank({ page }: PageView): boolean {
  const opener = page.revealedBy[page.revealedBy.length - 1];
  if (opener === undefined || page.hovering === true) return false;
  const name = readable(opener.name);
  return ADDS.test(name) || PLUS.test(opener.name) || /^new\b/i.test(name);
}

/** The field that has come, or has become empty; none where a form with a button asks for what is made. */
function blankField(context: RulesContext, view: PageView): Node | undefined {
  if (formsOf(view).some(({ kind, button }) => kind === 'create' && button !== undefined)) return undefined;
  const base = loadedOf(context, view);
  return view.nodes.find((node) => {
    if (!isTextField(node) || !isUsable(node) || node.value.trim() !== '' || isSearchField(node))
      return false;
    if (!KINDS.includes(fieldKind(node))) return false;
    const earlier =
      base && findTargets(base.snapshot.elements, { role: node.role, name: node.name, exact: true })[0];
    return earlier === undefined || earlier.value.trim() !== '';
  });
}
