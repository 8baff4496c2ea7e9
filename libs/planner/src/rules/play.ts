import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { candidate, click } from '../candidate';
import { isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { isLoaded } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { spoken } from '../words';

export const PLAYS = /^(play|listen|watch|resume|start)\b/i;
const PAUSES = /^(pause|stop)\b/i;

/** A film or sound that is played and paused: proven by the medium itself, whatever the button makes of it. */
export function playFeatures(context: RulesContext): Candidate[] {
  return context.views
    .filter((view) => isLoaded(view.page))
    .flatMap((view) => {
      const media = view.ofRole('video', 'audio').find(({ value }) => value === 'paused');
      if (media === undefined) return [];
      const button = view.ofRole('button').find((node) => isUsable(node) && PLAYS.test(spoken(node.name)));
      const seen = media.box.width > 0 && (media.clickable === true || button === undefined);
      const presses = button ?? (seen ? media : undefined);
      return presses === undefined ? [] : [playing(view, media, presses)];
    })
    .slice(0, 1);
}

function playing(view: PageView, media: Node, presses: Node): Candidate {
  const target = view.targetOf(media);
  const thing = media.role === 'video' ? 'video' : 'sound';
  const goes = (on: Node | { role: string; name: string }, state: 'playing' | 'paused'): CandidateStep =>
    click(
      'index' in on ? view.targetOf(on) : { ...on, exact: true },
      state === 'playing' ? `Play the ${thing}` : `Pause the ${thing}`,
      { kind: 'value', target, equals: state },
    );
  const play = goes(presses, 'playing');
  const other = view.ofRole('button').find((node) => PAUSES.test(spoken(node.name)) && node !== presses);
  // Many buttons change their name with what they do next.
  const ways = [
    ...(other ? [[play, goes(other, 'paused')]] : []),
    [play, goes(presses, 'paused')],
    ...['Pause', 'pause'].map((name) => [play, goes({ role: presses.role, name }, 'paused')]),
    [play],
  ];
  const [first = [play], ...variants] = ways;
  return candidate({
    kind: 'use',
    variety: 'play',
    title: `Play the ${thing}`,
    description: `It plays, and it can be paused.`,
    startPath: view.path,
    steps: first,
    variants,
    score: 80,
    words: ['play pause listen watch video music sound', presses.name],
    needsSignIn: view.page.signedIn,
  });
}
