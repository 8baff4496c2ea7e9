import { foldText } from '@showrunner/contracts';
import type { Candidate, Exploration, ExploredPage, PageElement, Proposal } from '@showrunner/contracts';
import { isAllowed, suits } from '../guard';
import type { Guard } from '../guard';
import { elementWords } from '../page-words';
import { dataBlock, plain, quoted } from '../prompts/page-data';
import SYSTEM from '../prompts/plan.prompt.md';
import { tokensIn } from '../prompts/tokens';

/** Room for all pages together, and for one of them. */
const PAGES_TOKENS = 6000;
const PAGE_TOKENS = 1200;
const README_TOKENS = 700;
const CANDIDATES_TOKENS = 2500;
const MOST_PAGES = 24;
const MOST_LISTED = 80;

/** A page of the prompt, with the elements that a plan may name. */
export interface ListedPage {
  page: ExploredPage;
  elements: ReadonlyMap<string, PageElement>;
}

export interface PlanPrompt {
  system: string;
  text: string;
  pages: ReadonlyMap<number, ListedPage>;
  candidates: ReadonlyMap<string, Candidate>;
}

/** What a model is told of an explored app. What must not be touched is not listed, so no plan can name it. */
export function planPrompt(exploration: Exploration, proposal: Proposal, guard: Guard): PlanPrompt {
  const { intent } = proposal;
  const pages = new Map<number, ListedPage>();
  const blocks: string[] = [];
  let room = PAGES_TOKENS;
  for (const page of exploration.pages.slice(0, MOST_PAGES)) {
    const { lines, elements, tokens } = listed(
      page,
      pages.size + 1,
      guard,
      intent,
      Math.min(room, PAGE_TOKENS),
    );
    if (elements.size === 0) continue;
    room -= tokens;
    if (room < 0) break;
    pages.set(pages.size + 1, { page, elements });
    blocks.push(dataBlock('page', lines));
  }
  const candidates = new Map<string, Candidate>();
  const offered: string[] = [];
  let left = CANDIDATES_TOKENS;
  for (const one of [...proposal.candidates, ...proposal.reserves]) {
    const id = `c${candidates.size + 1}`;
    const line = `${id} ${candidateWords(one)}`;
    left -= tokensIn(line);
    if (left < 0) break;
    candidates.set(id, one);
    offered.push(line);
  }
  const text = [
    dataBlock('intent', intentLines(proposal)),
    dataBlock('source', [
      `title ${quoted(exploration.appTitle, 120)}`,
      ...(exploration.readme === '' ? [] : [`readme ${readmeWords(exploration.readme)}`]),
    ]),
    dataBlock('candidates', offered),
    ...blocks,
  ].join('\n');
  return { system: SYSTEM, text, pages, candidates };
}

function intentLines({ intent, intentParts }: Proposal): string[] {
  if (intent === '') return ['(none: show what is best)'];
  const parts = (intentParts ?? []).map(({ text }, at) => `part ${at + 1} ${quoted(text, 120)}`);
  return [quoted(intent, 1500), ...parts];
}

function candidateWords({ feature, needsSignIn, part }: Candidate): string {
  const steps = feature.steps.map(({ caption }) => quoted(caption, 60)).join(', ');
  return `[${feature.kind}] ${quoted(feature.title, 80)} on ${quoted(feature.startPath ?? '', 60)}${needsSignIn ? ' (signed in)' : ''}${part === undefined ? '' : ` for part ${part + 1}`}: ${steps}`;
}

/** The beginning of a README, without what is only markup. */
function readmeWords(readme: string): string {
  const bare = readme
    .slice(0, 20_000)
    .replace(/```[\s\S]*?```/g, ' ')
    .replace(/<[^>]{0,500}>|!?\[([^\]]{0,200})\]\([^)]{0,500}\)/g, ' $1 ');
  for (let length = 2400; length > 100; length = Math.floor(length * 0.7)) {
    const words = quoted(bare, length);
    if (tokensIn(words) <= README_TOKENS) return words;
  }
  return quoted(bare, 100);
}

/** Actions that steps of a plan may take; an element that suits none of them is only told of as a heading. */
const ACTIONS = [{ type: 'click' }, { type: 'type' }];

function listed(
  page: ExploredPage,
  number: number,
  guard: Guard,
  intent: string,
  tokens: number,
): { lines: string[]; elements: Map<string, PageElement>; tokens: number } {
  const { snapshot, revealedBy } = page;
  const after =
    revealedBy.length === 0 ? '' : ` after ${revealedBy.map(({ name }) => quoted(name, 40)).join(', ')}`;
  const lines = [
    `page ${number} ${quoted(page.path, 80)} title ${quoted(snapshot.title, 60)}${after}${page.signedIn ? ' (signed in)' : ''}`,
  ];
  const elements = new Map<string, PageElement>();
  let left = tokens - tokensIn(lines[0] ?? '');
  for (const [at, element] of snapshot.elements.entries()) {
    const isHeading = element.role === 'heading' && foldText(element.name) !== '';
    const isUsable =
      ACTIONS.some((action) => suits(action, element, false)) && isAllowed(element, guard, intent);
    if (!isHeading && !(isUsable && isNamed(element))) continue;
    const line = isHeading
      ? `heading ${quoted(plain(element.name, 60), 60)}`
      : `e${at} ${elementWords(snapshot, element)}`;
    left -= tokensIn(line) + 1;
    if (left < 0 || elements.size >= MOST_LISTED) break;
    lines.push(line);
    if (!isHeading) elements.set(`e${at}`, element);
  }
  return { lines, elements, tokens: tokens - Math.max(0, left) };
}

/** A film says what it does: nothing that has no words is planned. */
const isNamed = ({ name, text, placeholder }: PageElement): boolean =>
  [name, text, placeholder].some((one) => one !== undefined && foldText(one) !== '');
