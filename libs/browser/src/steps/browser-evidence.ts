import { foldText, saysCopied, saysDownloaded } from '@showrunner/contracts';
import type { Evidence, PageSnapshot, Step } from '@showrunner/contracts';
import type { PageObserver } from '../observer/page-observer';
import type { PageMessage } from '../observer/collect-messages';
import { waitUntil } from './wait-until';

/** What the browser itself says of what the page claims. `doubt`: it does not say, so the claim is unproven. */
export interface BrowserFact extends Pick<Evidence, 'bearing' | 'saw'> {
  kind: 'clipboard' | 'download' | 'page';
  doubt?: boolean;
}

/** A file may be made before it comes, ms. */
const LATE_MS = 1500;
/** What is said in passing is short; a text of the app's content is no claim. */
const LONGEST_SAID = 160;
const LONGEST_NAME = 60;
/** Entries, headings and links tell what there is, not what was done. */
const CONTENT = new Set(
  'listitem row cell gridcell article heading link rowheader columnheader paragraph'.split(' '),
);
const ENTRIES = new Set('listitem row article'.split(' '));

export interface Said {
  step: Pick<Step, 'action' | 'success'>;
  before: PageSnapshot;
  after: PageSnapshot;
  messages: { before: readonly PageMessage[]; after: readonly PageMessage[] };
}

/** What came with the action in few words, whoever reads it: messages, labels of controls, what was waited for. */
export function newlySaid({ step: { success }, before, after, messages }: Said): string[] {
  const had = new Set(messages.before.map(({ text }) => text));
  const names = (page: PageSnapshot): string[] =>
    page.elements
      .filter(({ role, name }) => !CONTENT.has(role) && name.length <= LONGEST_NAME)
      .map(({ name }) => foldText(name));
  const known = new Set(names(before));
  return [
    ...messages.after.filter(({ text }) => !had.has(text)).map(({ text }) => text),
    ...(before.path === after.path ? names(after).filter((name) => !known.has(name)) : []),
    ...(success.kind === 'textVisible' ? [success.text] : []),
  ].filter((text) => text !== '' && text.length <= LONGEST_SAID);
}

const entries = ({ elements }: PageSnapshot): number =>
  elements.filter(({ role }) => ENTRIES.has(role)).length;

/**
 * Holds what the page says of its clipboard and its downloads against what the browser has of them. A copy of an entry is no matter of the clipboard.
 * @param since Unix ms before the action
 */
export async function browserFacts(
  observer: Pick<PageObserver, 'clipboard' | 'downloads' | 'fillsScreen'>,
  said: Said,
  since: number,
): Promise<BrowserFact[]> {
  const texts = newlySaid(said);
  const copied = texts.find(saysCopied);
  const downloaded = texts.find(saysDownloaded);
  return [
    ...(copied === undefined || entries(said.after) > entries(said.before)
      ? []
      : [await clipboardFact(observer, copied, since)]),
    ...(downloaded === undefined ? [] : [await downloadFact(observer, downloaded, since)]),
    ...(asksForScreen(said) ? [await screenFact(observer, said)] : []),
  ];
}

const FULL_SCREEN =
  /full[- ]?screen|vollbild|plein écran|pantalla completa|schermo intero|tela cheia|volledig scherm|全屏|全画面|전체 ?화면|ملء الشاشة/iu;
const LEAVES = /\b(?:exit|leave|close|quit|end|beenden|quitter|salir|esci|sair)\b|退出|終了/iu;

const asksForScreen = ({ step: { action } }: Said): boolean =>
  action.type === 'click' && FULL_SCREEN.test(action.target.name) && !LEAVES.test(action.target.name);

/** Share of the window that a part which fills it covers each way. */
const FILLS = 0.9;

/** An app may fill its window by its own means, too: something large stands where nothing of its size stood. */
async function screenFact(
  observer: Pick<PageObserver, 'fillsScreen'>,
  { before, after }: Said,
): Promise<BrowserFact> {
  const kind = 'page';
  const large = ({ elements, viewport }: PageSnapshot): number =>
    elements.filter(({ box }) => box.width >= viewport.width * FILLS && box.height >= viewport.height * FILLS)
      .length;
  return (await observer.fillsScreen()) || large(after) > large(before)
    ? { kind, bearing: 'for', saw: 'A part of the page fills the screen.' }
    : { kind, bearing: 'against', saw: 'Nothing of the page fills the screen.' };
}

async function clipboardFact(
  { clipboard }: Pick<PageObserver, 'clipboard'>,
  text: string,
  since: number,
): Promise<BrowserFact> {
  const kind = 'clipboard';
  switch (await clipboard.look(since)) {
    case 'written':
      return { kind, bearing: 'for', saw: 'Something was put into the clipboard.' };
    case 'empty':
      return { kind, bearing: 'against', saw: `The page says “${text}”, and the clipboard is empty.` };
    case 'unknown': {
      const saw = `The page says “${text}”, and nothing tells that the clipboard holds anything new.`;
      return { kind, bearing: 'neutral', saw, doubt: true };
    }
  }
}

async function downloadFact(
  { downloads }: Pick<PageObserver, 'downloads'>,
  text: string,
  since: number,
): Promise<BrowserFact> {
  const kind = 'download';
  const found = await waitUntil(async () => downloads.since(since)[0], Date.now() + LATE_MS);
  return found === undefined
    ? { kind, bearing: 'against', saw: `The page says “${text}”, and no file was downloaded.` }
    : { kind, bearing: 'for', saw: `The browser began to download ${found}.` };
}
