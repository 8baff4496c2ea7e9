import {
  ACCEPTS,
  ACKNOWLEDGES,
  CLOSES,
  DECLINES,
  DELETES,
  GOES_ON,
  INTRUDES,
  KEEPS_CHOICE,
  MANAGES,
  PAYS,
  SIGNS_OUT,
  SKIPS,
  SPEAKS_OF_CONSENT,
} from '@showrunner/language';
import type { Obstacle, ObstacleControl } from './find-obstacles';

export type WayOut = { press: 'Escape' } | { control: ObstacleControl };

/** What was done about obstacles of this page already, so that nothing is done twice. */
export interface Tried {
  /** Texts of controls, with those of their obstacles. */
  has(key: string): boolean;
}

const CROSS = /^[×✕✖✗✘⨯╳🗙xX]$/u;
const LONGEST_LABEL = 60;
/** A strip at the edge of the window that is not about consent has few controls, and little to say. */
const MOST_IN_STRIP = 8;
const LONGEST_STRIP = 400;

export const keyOf = ({ text }: Obstacle, name: string): string => `${text.slice(0, 60)}\n${name}`;

/**
 * How a visitor who declines leaves an obstacle, or undefined when it is none, or has no way out that does no harm. `isArrival`: nobody has
 * touched the app yet, so whatever lies over its page was put there by itself.
 */
export function chooseWayOut(obstacle: Obstacle, tried: Tried, isArrival: boolean): WayOut | undefined {
  const { text, blocks, hidesContent, isNamedConsent, asksPassword, fields, controls } = obstacle;
  if (asksPassword) return undefined;
  const isConsent = isNamedConsent || SPEAKS_OF_CONSENT.test(text);
  const intrudes = hidesContent && INTRUDES.test(text) && (blocks || isStrip(obstacle));
  // A form that the app opens over its page is what the page is for.
  const isUnasked = hidesContent && isArrival && blocks && fields === 0 && controls.length <= MOST_IN_STRIP;
  if (!isConsent && !intrudes && !isUnasked) return undefined;
  const usable = controls.filter(
    (one) =>
      !one.leaves &&
      one.name.length <= LONGEST_LABEL &&
      !PAYS.test(one.name) &&
      !DELETES.test(one.name) &&
      !SIGNS_OUT.test(one.name) &&
      !tried.has(keyOf(obstacle, one.name)),
  );
  const named = (words: { test(text: string): boolean }): ObstacleControl | undefined =>
    usable.find(({ name }) => words.test(name));
  const declines =
    named(DECLINES) ??
    named(SKIPS) ??
    usable.find(({ name }) => CLOSES.test(name) || CROSS.test(name.trim())) ??
    usable.find(({ name, inCorner }) => inCorner && name.trim() === '') ??
    named(KEEPS_CHOICE) ??
    (isConsent ? named(MANAGES) : undefined);
  if (declines) return { control: declines };
  if (!blocks && !isConsent) return undefined;
  const acknowledges = usable.find(({ name }) => ACKNOWLEDGES.test(name) && !ACCEPTS.test(name));
  if (acknowledges) return { control: acknowledges };
  if (blocks && !tried.has(keyOf(obstacle, 'Escape'))) return { press: 'Escape' };
  const last = named(ACCEPTS) ?? (blocks ? named(GOES_ON) : undefined);
  return last && { control: last };
}

const isStrip = ({ text, controls, fields }: Obstacle): boolean =>
  text.length <= LONGEST_STRIP && controls.length <= MOST_IN_STRIP && fields <= 1;
