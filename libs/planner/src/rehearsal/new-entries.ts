import { claims, findTargets, foldText, saysDone } from '@showrunner/contracts';
import type { CandidateStep, PageSnapshot } from '@showrunner/contracts';
import { ENTRY_ROLES } from '../items';
import { runsInserted } from './inserted-text';

/** What brings more of a list. */
const MORE =
  /^(?:(?:load|show|see|view|fetch|get) (?:\d+ )?(?:more|older|the next)\b|(?:more|older) (?:posts|items|entries|results|messages|articles|news)|more$)|^(?:mehr|weitere)\b.*(?:laden|anzeigen)|^(?:voir|charger|afficher) (?:plus|la suite)|^(?:ver|cargar|mostrar) más|^(?:ver|carregar|mostrar) mais|^(?:carica|mostra) altr|もっと(?:見る|読む|表示)|加载更多|查看更多|더 ?보기|تحميل المزيد|عرض المزيد|(?:показать|загрузить) (?:ещё|еще|больше)/iu;
const UNDO =
  /^(?:undo|revert|restore|rückgängig(?: machen)?|annuler|deshacer|desfazer|annulla|تراجع|元に戻す|撤销)(?:[\s.!]|$)/iu;
/** What it says of itself. */
const UNDONE = /undone|reverted|restored|rückgängig|annulé|deshech|desfeit|annullat|تراجع|元に戻|撤销/iu;
const ALL =
  /^(?:mark|set|select|tick|check|complete|finish|clear|archive|delete|remove|read) .*\b(?:all|everything)\b|^(?:all|alle|tous|tout|todos?|todas?|tutti)\b.*\b(?:read|done|gelesen|erledigt|lus?|leíd[oa]s|lid[oa]s|letti)\b/iu;
const OPENS = /^(?:open|expand|unfold|öffne|ouvr|abr[eai]|apri)(?:\b|\s)/iu;

/**
 * Why what came with a step is nothing of what it was to bring, although the page says something else: more of a list that is the same again or only
 * counted, an undo that is only told, all of a list done by its count alone, a file of which only its progress is told, a part that was open before.
 * Undefined where the step asks for none of that, or it came.
 */
export function nothingNew(
  { action, caption }: Pick<CandidateStep, 'action' | 'caption'>,
  before: PageSnapshot,
  after: PageSnapshot,
): string | undefined {
  if (before.path !== after.path) return undefined;
  const runs = (): string[] => runsInserted(before, after).filter((run) => run !== '');
  if (action.type === 'upload') {
    if (pictures(after) !== pictures(before)) return undefined;
    const said = runs().filter((run) => /\p{L}/u.test(run));
    const isThere = said.some((run) => !claims(run) || run.includes(action.file.replace(/\.\w+$/u, '')));
    const isElsewhere = after.elements.length > before.elements.length + said.length;
    return isThere || isElsewhere ? undefined : 'nothing of the file is on the page';
  }
  if (action.type !== 'click') return undefined;
  const name = foldText(action.target.name);
  if (MORE.test(name)) {
    const known = foldText(before.text);
    const isNew = runs().some((run) =>
      run.split(/[\d.,:/–-]+/u).some((part) => /\p{L}/u.test(part) && !known.includes(foldText(part))),
    );
    return isNew || pictures(after) !== pictures(before)
      ? undefined
      : 'nothing came that was not there before';
  }
  if (UNDO.test(name)) {
    const isTold = runs().every((run) => UNDONE.test(run) || claims(run) || saysDone(run));
    return isTold &&
      runsInserted(after, before).join('') === '' &&
      looks(after, withoutMessage) === looks(before, withoutMessage)
      ? 'nothing of what was done before was taken back'
      : undefined;
  }
  if (ALL.test(name) && looks(after, withoutNumber) === looks(before, withoutNumber))
    return 'only a number has changed, and none of the entries';
  const [was, is] = [before, after].map((page) => findTargets(page.elements, action.target)[0]);
  if (OPENS.test(caption) && was?.expanded === true && is?.expanded === false) return 'it was open already';
  return undefined;
}

type Element = PageSnapshot['elements'][number];
const withoutMessage = ({ role, name }: Element): string =>
  role === 'status' || role === 'alert' || UNDONE.test(name) ? '' : name;
const withoutNumber = ({ name, picture }: Element): string => `${name.replace(/\d+/gu, '')} ${picture ?? ''}`;

/** What the controls and entries of a page show, each by what is taken of its name. */
const looks = ({ elements }: PageSnapshot, said: (element: Element) => string): string =>
  elements
    .flatMap((one) => {
      const name = foldText(said(one));
      const states = [one.checked, one.pressed, one.selected, one.disabled].map(String).join(' ');
      return name === '' ? [] : [`${one.role} ${name} ${one.value} ${states}`];
    })
    .join('\n');

const pictures = ({ elements }: PageSnapshot): string =>
  elements
    .filter(({ role, picture }) => role === 'img' || picture !== undefined)
    .map(({ name, picture }) => `${name} ${picture ?? ''}`)
    .join('\n');

const ENTRIES = new Set([...ENTRY_ROLES, 'option']);

/** Whether one list has gained the same entry more than once, word by word, by one step that was to make it. */
export function madeTwice(text: string, before: PageSnapshot, after: PageSnapshot): boolean {
  const then = entriesNaming(text, before);
  return [...entriesNaming(text, after)].some(([key, times]) => times - (then.get(key) ?? 0) > 1);
}

/** How often each entry that names a text stands in one list, by the list and all that it says. */
function entriesNaming(text: string, { elements }: PageSnapshot): Map<string, number> {
  const found = new Map<string, number>();
  for (const { role, name, parent } of elements) {
    if (!ENTRIES.has(role) || !foldText(name).includes(foldText(text))) continue;
    const list = elements[parent];
    const key = `${list?.role ?? ''} ${list?.group ?? ''} ${role} ${foldText(name)}`;
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return found;
}
