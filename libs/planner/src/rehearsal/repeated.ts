import type { Feature } from '@showrunner/contracts';
import { sameMeaning } from '../intent/meanings';
import { readPart } from '../intent/read-intent';
import { stem, stemsOf } from '../words';

const AGAIN =
  /\b(?:again|once more|twice|another time|back|close|hide|undo|wieder|nochmals?|noch einmal|zurück|encore|de nouveau|otra vez|de nuevo|di nuovo|ancora)\b|もう一度|再|مرة أخرى/iu;

/**
 * Whether a feature only does once more what the part before it has ended with, although its own part neither names that control nor says so: the
 * second click on what opens a menu closes it, and shows nothing of what lies in there.
 */
export function isRepeated({ steps }: Feature, last: Feature | undefined, text: string): boolean {
  const [action, before] = [steps, last?.steps ?? []].map((all) => all[all.length - 1]?.action);
  if (action?.type !== 'click' || JSON.stringify(action) !== JSON.stringify(before)) return false;
  const said = stemsOf(text);
  const named = stemsOf(action.target.name);
  return (
    !readPart(text).isPronoun &&
    !AGAIN.test(text) &&
    !(named.length > 0 && named.every((word) => said.some((one) => sameMeaning(one, stem(word)))))
  );
}
