/** What became of one episode. */
export interface Episode {
  type: string;
  seed: number;
  /** The page's sentence, as it was given as intent. */
  intent: string;
  /** Of the page, without its part for speed: above 0 when it was done rightly. */
  reward: number;
  /** `shown`: each part of the intent. */
  claim: 'shown' | 'partly' | 'none';
  /** Of the first part that was not shown. */
  reason: string;
}

export function episodeOf(
  one: Pick<Episode, 'type' | 'seed' | 'intent' | 'reward'>,
  parts: readonly { status: string; reason?: string | undefined }[],
  failure: { code: string; message: string } | undefined,
): Episode {
  const missing = parts.filter(({ status }) => status !== 'shown');
  const claim =
    failure !== undefined || missing.length === parts.length
      ? 'none'
      : missing.length > 0
        ? 'partly'
        : 'shown';
  return { ...one, claim, reason: missing[0]?.reason ?? failure?.message ?? '' };
}

/** Done rightly, and said to be. */
export const isHit = ({ claim, reward }: Episode): boolean => claim === 'shown' && reward > 0;
/** Said to be done, and the page says that it is not. */
export const isFalse = ({ claim, reward }: Episode): boolean => claim === 'shown' && reward <= 0;

export interface TypeResult {
  type: string;
  episodes: number;
  hits: number;
  false: number;
  /** Done rightly, but not all of it was held to be proven. */
  unclaimed: number;
  /** The reason that came up most among the others, with an intent that had it. */
  reason: string;
  example: string;
}

export function resultsByType(episodes: readonly Episode[]): TypeResult[] {
  const types = [...new Set(episodes.map(({ type }) => type))].sort();
  return types.map((type) => {
    const own = episodes.filter((one) => one.type === type);
    const missed = own.filter((one) => !isHit(one));
    const times = (reason: string): number => missed.filter((one) => one.reason === reason).length;
    const [most] = [...missed].sort((a, b) => times(b.reason) - times(a.reason));
    return {
      type,
      episodes: own.length,
      hits: own.filter(isHit).length,
      false: own.filter(isFalse).length,
      unclaimed: own.filter((one) => one.claim !== 'shown' && one.reward > 0).length,
      reason: most?.reason ?? '',
      example: most?.intent ?? '',
    };
  });
}
