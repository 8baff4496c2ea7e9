import type { Candidate, PageSnapshot } from '@showrunner/contracts';
import { proposeFollowUps } from '../propose';
import { rulesContext } from '../rules-context';
import { answersTo } from './answer';
import { eachOf } from './each-of';
import { fitting } from './fit';
import { readPart } from './read-intent';
import { refersBack, refersToOne } from './refer';

/**
 * What the page that is shown now offers for a part of an intent. `focus`: what the part before was about. The features go on from where the
 * page is: loading it again could forget what was made.
 */
export function answersOn(
  page: PageSnapshot,
  text: string,
  intent: string,
  focus?: string,
): {
  candidates: Candidate[];
  reason: string;
  /** The part means one thing among many, or what is done where one is: what the page shows now decides which. */
  speaksOfOne: boolean;
  /** It means what the part before was about. */
  refersBack: boolean;
  /** It goes on with what stands on the page: sending what was entered, entering more. */
  goesOn: boolean;
  /** The parts that it is where it means several things on this page, one for each. */
  each: string[] | undefined;
  /** Those of other proposals that are what the part asks for. */
  chosenAmong: (proposed: readonly Candidate[]) => Candidate[];
} {
  const part = readPart(text);
  const exploration = {
    appTitle: page.title,
    readme: '',
    pages: [{ path: page.path, snapshot: page, revealedBy: [] }],
    notes: [],
  };
  const context = rulesContext(exploration, intent, focus);
  const stay = (one: Candidate): Candidate => ({
    ...one,
    feature: { ...one.feature, startPath: null },
    needsSignIn: false,
  });
  const { candidates, reason } = answersTo(part, context, proposeFollowUps(page, focus ?? '', text));
  const each = eachOf(part, context);
  return {
    each: each !== undefined && 'texts' in each ? each.texts : undefined,
    candidates: candidates.map(stay),
    reason,
    speaksOfOne: refersToOne(part) || (focus !== undefined && refersBack(part)),
    refersBack: refersBack(part),
    goesOn: part.act === 'press' || part.act === 'set' || part.act === 'choose',
    chosenAmong: (proposed) => fitting(part, proposed, context).map(stay),
  };
}
