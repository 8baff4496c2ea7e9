import type { TypeResult } from './episode';

/** Share of hits from which a type counts as mastered. */
const MASTERED = 0.8;

export const isMastered = ({ hits, episodes }: TypeResult): boolean =>
  episodes > 0 && hits / episodes >= MASTERED;

const cell = (text: string, most: number): string => {
  const flat = text.replace(/\s+/gu, ' ').replace(/[|<>*_`]/gu, (char) => `\\${char}`);
  return flat.length > most ? `${flat.slice(0, most - 1)}…` : flat;
};

/** The table in Markdown: types that are mastered first, by name; then the others with what fails and an intent that does. */
export function tableOfTypes(results: readonly TypeResult[]): string {
  const episodes = results.reduce((sum, one) => sum + one.episodes, 0);
  const hits = results.reduce((sum, one) => sum + one.hits, 0);
  const lies = results.reduce((sum, one) => sum + one.false, 0);
  const mastered = results.filter(isMastered);
  const others = [...results].filter((one) => !isMastered(one)).sort((a, b) => b.hits - a.hits);
  return [
    `${results.length} types, ${episodes} episodes, ${hits} hits; ${mastered.length} types with 8 of 10 or better; ${lies} false successes.`,
    '',
    '| type | hits | false |',
    '| --- | --- | --- |',
    ...mastered.map((one) => `| ${one.type} | ${one.hits}/${one.episodes} | ${one.false} |`),
    '',
    '| type | hits | false | done, not claimed | what fails most | with the intent |',
    '| --- | --- | --- | --- | --- | --- |',
    ...others.map(
      (one) =>
        `| ${one.type} | ${one.hits}/${one.episodes} | ${one.false} | ${one.unclaimed} | ${cell(one.reason, 160)} | ${cell(one.example, 160)} |`,
    ),
    '',
  ].join('\n');
}
