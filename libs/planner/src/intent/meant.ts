import { foldText } from '@showrunner/contracts';
import { isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { controlsNamed, isControl, nameOf } from './controls';
import { kindNamed, readPhrase } from './phrase';

/**
 * The control that a phrase means on a page: by its name, or, where only its kind is said, by its place or as the only one. Undefined when
 * there is none: nothing is guessed.
 * @param suits Leaves out what the sentence cannot mean.
 */
export function meantOn(
  view: PageView,
  phrase: string,
  suits: (node: Node) => boolean = isControl,
  among: readonly Node[] = view.nodes,
): Node | undefined {
  const said = readPhrase(phrase);
  // A frame around a control has the name of what is in it.
  const inner = among.filter(
    (node) =>
      suits(node) && !view.descendants(node).some((one) => isControl(one) && nameOf(one) === nameOf(node)),
  );
  // What is called just so has its noun in its name: `Grid view`, `Old tab`.
  const whole = foldText(phrase.replace(/^\s*the\s+/iu, '')).toLowerCase();
  const [named] = [
    ...inner.filter((node) => isControl(node) && nameOf(node).toLowerCase() === whole),
    ...controlsNamed(inner, said),
  ];
  if (named !== undefined) return named;
  const isOfKind =
    said.isQuoted && said.isAny ? kindNamed(said.name) : said.name === '' ? said.isOfKind : undefined;
  if (isOfKind === undefined) return undefined;
  const alike = among.filter((node) => isOfKind(node) && isUsable(node));
  if (said.ordinal !== undefined)
    return said.ordinal < 0 ? alike[alike.length + said.ordinal] : alike[said.ordinal];
  return alike.length === 1 || said.isAny ? alike[0] : undefined;
}
