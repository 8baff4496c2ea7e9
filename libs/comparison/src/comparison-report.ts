import type { ComparedFeature, Comparison, FeatureVerdict } from '@showrunner/contracts';

/** Where what a report points at is had: a path beside the report, or an address. What is missing is left out. */
export interface ReportLinks {
  film?: string;
  poster?: string;
  gif?: string;
  /** All files of the run. */
  files?: string;
}

const SECTIONS: readonly [FeatureVerdict, string][] = [
  ['broken', '❌ No longer works'],
  ['removed', '➖ Removed'],
  ['new', '✨ New'],
  ['changed', '🔁 Looks different'],
];
const LONGEST = 300;
const MOST_FEATURES = 30;

/** What a pull request does to the app, for the forge: Markdown, in which nothing that a page or a diff says can be markup or a mention. */
export function comparisonReport(comparison: Comparison, links: ReportLinks = {}): string {
  const { features, base, notes } = comparison;
  const of = (verdict: FeatureVerdict): ComparedFeature[] =>
    features.filter((one) => one.verdict === verdict).slice(0, MOST_FEATURES);
  const same = of('same');
  const lines = [
    `## ${headline(comparison)}`,
    '',
    `${stateOf(comparison.head, 'this state')} compared with ${stateOf(base, 'its base')}.`,
    ...(base.failure === null
      ? []
      : ['', `⚠️ Nothing runs at the base, so everything counts as new: ${plain(base.failure.message)}`]),
    ...pictures(links),
    ...SECTIONS.flatMap(([verdict, title]) => section(title, of(verdict))),
    ...(same.length === 0
      ? []
      : ['', `Works and looks as before: ${same.map(({ title }) => plain(title)).join(', ')}.`]),
    ...(notes.length === 0 ? [] : ['', ...notes.map((note) => `- ${plain(note)}`)]),
  ];
  return `${lines.join('\n')}\n`;
}

/** The outcome in one line. */
export function headline({ features, regressed }: Comparison): string {
  const counted = SECTIONS.flatMap(([verdict]) => {
    const number = features.filter((one) => one.verdict === verdict).length;
    return number === 0 ? [] : [`${number} ${WORDS[verdict]}`];
  });
  if (counted.length === 0) return 'Nothing that was looked at has changed';
  return `${regressed ? 'Something no longer works: ' : ''}${counted.join(', ')}`;
}
const WORDS: Record<FeatureVerdict, string> = {
  ...{ new: 'new', changed: 'changed', same: 'the same', broken: 'broken', removed: 'removed' },
};

function section(title: string, features: readonly ComparedFeature[]): string[] {
  if (features.length === 0) return [];
  const told = features.flatMap((one) => [
    `- **${plain(one.title)}**${one.reason === '' ? '' : `: ${plain(one.reason)}`}`,
    ...one.differences.map(
      ({ caption, share }) =>
        `  - ${plain(caption)}: ${(share * 100).toFixed(share < 0.01 ? 2 : 0)} % of the picture`,
    ),
  ]);
  return ['', `### ${title}`, '', ...told];
}

function pictures({ film, poster, gif, files }: ReportLinks): string[] {
  const still = gif ?? poster;
  const shown = still === undefined ? [] : ['', image(still, film)];
  const named: [string, string | undefined][] = [
    ['Film', film],
    ['GIF', gif],
    ['All files', files],
  ];
  const listed = named.flatMap(([name, at]) => (at === undefined ? [] : [`[${name}](${address(at)})`]));
  return [...shown, ...(listed.length === 0 ? [] : ['', listed.join(' · ')])];
}

const image = (at: string, film: string | undefined): string => {
  const picture = `![The film](${address(at)})`;
  return film === undefined ? picture : `[${picture}](${address(film)})`;
};

const address = (at: string): string =>
  encodeURI(at).replace(/[()<>]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

function stateOf({ ref, commit }: Comparison['head'], otherwise: string): string {
  const name = ref === null ? otherwise : code(ref);
  return commit === null || ref === commit ? name : `${name} (${commit.slice(0, 10)})`;
}

const code = (text: string): string => `\`${text.replace(/[`\p{C}]/gu, '')}\``;

/** One line without markup, HTML, mentions and references. */
export function plain(text: string): string {
  const line = text.replace(/[\p{C}\s]+/gu, ' ').trim();
  const short = line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
  return short
    .replace(/[\\`*_{}[\]<>()#+!|~^$&-]/g, (sign) =>
      sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : `\\${sign}`,
    )
    .replace(/[@#](?=[\w-])/g, (sign) => `${sign}\u2060`)
    .replace(/:\/\//g, ':\u2060//')
    .replace(/\b(www)\./gi, '$1\u2060.');
}
