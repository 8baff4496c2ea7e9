import type { CandidateStep, Target } from '@showrunner/contracts';
import { step } from '../candidate';
import type { Node } from '../page-view';

/** How far one key may move a slider that does not say it. */
const STRIDES = [1, 5, 10, 2, 0.1];
const MOST_KEYS = 24;

/** Ways to bring a slider that is no input to a value by arrow keys, from where it stands or from one of its ends; each key is seen to move it. */
export function slideSteps(
  target: Target,
  { value, min = '0', max = '100' }: Pick<Node, 'value' | 'min' | 'max'>,
  wanted: number,
  caption: string,
): CandidateStep[][] {
  const now = Number.parseFloat(value);
  if (!Number.isFinite(now) || wanted === now) return [];
  const starts = [
    { at: now, keys: [] },
    { at: Number(min), keys: ['Home'] },
    { at: Number(max), keys: ['End'] },
  ];
  const pressed = (key: string, at: number): CandidateStep =>
    step({ type: 'press', key, target }, caption, { kind: 'value', target, equals: written(at) });
  return STRIDES.flatMap((stride) => {
    const ways = starts.flatMap(({ at, keys }) => {
      const count = Math.abs(wanted - at) / stride;
      const isWhole = Math.abs(count - Math.round(count)) < 1e-6;
      if (!isWhole || count + keys.length > MOST_KEYS) return [];
      const key = wanted > at ? 'ArrowRight' : 'ArrowLeft';
      const way = Math.sign(wanted - at) * stride;
      return [
        [
          ...keys.map((first) => pressed(first, at)),
          ...Array.from({ length: Math.round(count) }, (_, n) => pressed(key, at + way * (n + 1))),
        ],
      ];
    });
    return ways.sort((a, b) => a.length - b.length).slice(0, 1);
  });
}

const written = (value: number): string => String(Number(value.toFixed(2)));
