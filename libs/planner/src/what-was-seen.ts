import { foldText } from '@showrunner/contracts';
import type { Exploration, PageSnapshot } from '@showrunner/contracts';
import type { Rehearsal } from './rehearsal/rehearse';
import { shorten } from './words';

const CONTROLS = [
  'button',
  'link',
  'textbox',
  'searchbox',
  'checkbox',
  'switch',
  'combobox',
  'slider',
  'tab',
  'radio',
  'generic',
];
/** Share of the window from which a canvas is what the page is. */
const MOST_OF_WINDOW = 0.4;
const MOST_NAMED = 5;

export interface Seen {
  /** Why there is nothing to show, one or two sentences. */
  sentence: string;
  remedy: string;
}

/** What was seen of an app of which nothing can be shown, and why it was left. Names of its controls are quoted as data. */
export function whatWasSeen({ pages, unreachable = [] }: Exploration, rejected: Rehearsal['rejected']): Seen {
  const first = pages[0]?.snapshot;
  const asksIntent = 'Say with --intent what to show, or which page to begin with.';
  if (unreachable.length > 0)
    return {
      sentence: `Its page asks ${unreachable.join(', ')} for its data, which it cannot reach in the preview: nothing listens there.`,
      remedy:
        'Let the server of the page pass these requests on (a proxy), and name its own address as that of the API with --env.',
    };
  if (first !== undefined && pages.every(({ snapshot }) => isCanvas(snapshot)))
    return {
      sentence:
        'Its page is one canvas: a picture that the app draws itself, in which no control has a name. It is not blank and nothing is missing, but nothing in it can be checked.',
      remedy:
        'Films show what a page says of itself; give the canvas controls or text beside it, or choose another page.',
    };
  const controls = pages.flatMap(({ snapshot }) =>
    snapshot.elements.filter((one) => CONTROLS.includes(one.role)),
  );
  const names = [...new Set(controls.map((one) => foldText(one.name)).filter((name) => name !== ''))];
  const paths = new Set(pages.map((page) => page.path)).size;
  const where = paths === 1 ? 'one page' : `${paths} pages`;
  if (controls.length === 0)
    return { sentence: `There is text on ${where}, and nothing that could be used.`, remedy: asksIntent };
  const named =
    names.length === 0
      ? 'none with a name'
      : `such as ${names
          .slice(0, MOST_NAMED)
          .map((name) => `“${shorten(name, 40)}”`)
          .join(', ')}`;
  const reasons = rejected
    .slice(0, 3)
    .map(({ title, reason }) => `“${shorten(title, 60)}”: ${shorten(reason, 160)}`);
  const left =
    reasons.length === 0
      ? 'none of them makes, finds, changes or opens something that a machine could check'
      : `left out were ${reasons.join('; ')}`;
  return {
    sentence: `On ${where} ${controls.length} controls were seen, ${named}; ${left}.`,
    remedy: asksIntent,
  };
}

const isCanvas = ({ elements, viewport, text }: PageSnapshot): boolean => {
  const area = elements
    .filter((one) => one.role === 'canvas')
    .reduce((sum, { box }) => sum + box.width * box.height, 0);
  return (
    area >= viewport.width * viewport.height * MOST_OF_WINDOW &&
    !elements.some((one) => CONTROLS.includes(one.role)) &&
    foldText(text).length < 400
  );
};
