import type { Feature, Step } from '@showrunner/contracts';
import { readPart } from '../intent/read-intent';
import { undoes } from '../intent/undo';

const stateOf = ({
  steps,
}: Pick<Feature, 'steps'>): Extract<Step['success'], { kind: 'state' }> | undefined => {
  const success = steps[steps.length - 1]?.success;
  return success?.kind === 'state' ? success : undefined;
};

const TAKES = /\b(?:off|aus|ab)[.!]*$|^\s*(?:un\p{L}|de(?:select|activate)|abwähl|désélect|deselec)/iu;

/** Whether a feature only turns off what the one before has turned on, by the same control: who goes on from there asks for something else. */
export function takesBack(
  one: Pick<Feature, 'steps'>,
  last: Pick<Feature, 'steps'> | undefined,
  text: string,
): boolean {
  const [now, then] = [stateOf(one), last && stateOf(last)];
  if (now === undefined || then === undefined || now.equals || !then.equals) return false;
  const part = readPart(text);
  if (part.act === 'turnOff' || part.act === 'delete' || undoes(part) || TAKES.test(text)) return false;
  return now.state === then.state && JSON.stringify(now.target) === JSON.stringify(then.target);
}
