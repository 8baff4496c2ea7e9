/** Longer texts are mostly whole pages, of which no two are alike. */
const LONGEST = 20_000;

/**
 * A function of a text that remembers its answers: the same names and sentences are looked at again with every look at a page.
 * @param most answers kept; with one more all are forgotten
 */
export function remembered<Answer>(
  compute: (text: string) => Answer,
  most: number,
): (text: string) => Answer {
  const answers = new Map<string, { answer: Answer }>();
  return (text) => {
    if (text.length > LONGEST) return compute(text);
    const known = answers.get(text);
    if (known !== undefined) return known.answer;
    const answer = compute(text);
    if (answers.size >= most) answers.clear();
    answers.set(text, { answer });
    return answer;
  };
}
