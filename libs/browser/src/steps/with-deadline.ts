/**
 * What a promise answers, or `late` when it does not within so many ms. What comes later is nobody's any more.
 * @throws what `late` makes
 */
export async function withDeadline<T>(answer: Promise<T>, ms: number, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  try {
    return await Promise.race([answer, end]);
  } finally {
    clearTimeout(timer);
  }
}
