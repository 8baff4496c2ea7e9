import { ADDS, DELETES, EDITS, SEARCHES } from '@showrunner/language';
import { stem } from '../words';
import { plain } from './meanings';

/** What a part of an intent wants done. */
export type Act =
  | 'add'
  | 'set'
  | 'choose'
  | 'press'
  | 'search'
  | 'filter'
  | 'sort'
  | 'mark'
  | 'turnOn'
  | 'turnOff'
  | 'open'
  | 'signIn'
  | 'signUp'
  | 'signOut'
  | 'delete'
  | 'edit'
  | 'move'
  | 'calculate'
  | 'show';

/** Verbs by what they want, in several languages; those with a space are looked for as phrases. Anything else may be the name of a control. */
const VERBS: Record<Act, string> = {
  show: 'show use try demo demonstrate present showcase watch display zeige zeig vorführen montre montrer muestra mostrar mostra toon اعرض أظهر',
  signIn:
    'login signin authenticate anmelden einloggen connecter inloggen accedi|sign in|log in|log on|melde dich an|melde an|connecte-toi|connectez-vous|inicia sesión|iniciar sesión|entra con|entrar como',
  signUp:
    'signup register registrieren inscrire registrarse registreren|sign up|create an account|create account|registriere dich|inscris-toi|crea una cuenta',
  signOut:
    'logout signout abmelden ausloggen uitloggen|sign out|log out|log off|melde dich ab|déconnecte-toi|cierra sesión',
  turnOn:
    'enable activate aktiviere aktivieren activer activa activar attiva ative inschakelen einschalten anschalten فعل شغل|turn on|switch on|toggle on|schalte ein|allume',
  turnOff:
    'disable deactivate uncheck untick deaktiviere deaktivieren désactive désactiver desactiva desactivar disattiva desative uitschakelen ausschalten abschalten عطل أوقف|turn off|switch off|toggle off|schalte aus',
  add: 'add invite create make write post compose insert new register record log book schedule publish submit hinzufügen füge fuege erstelle erstellen schreibe lege anlegen ajoute ajouter crée créer cree creer écris añade añadir agrega agregar crea crear escribe aggiungi aggiungere scrivi adicione adicionar criar crie escreva toevoegen voeg maak schrijf أضف اضف أنشئ انشئ اكتب|set up',
  set: 'set enter type input fill put adjust gib eingeben trage tippe setze saisis saisir remplis escribe introduce ingresa pon inserisci digita imposta digite preencha insira vul typ stel اضبط أدخل ادخل حدد|fill in|fill out|type in',
  choose:
    'choose select pick wähle waehle wählen auswählen choisis choisir sélectionne elige elegir selecciona scegli seleziona escolha selecione kies selecteer اختر',
  press:
    'click press tap hit push focus drücke druecke klicke klick clique cliquer appuie pulsa haz clic presiona premi clicca pressione klik انقر اضغط|click on|tap on|focus on|focus into|press on|klicke auf|clique sur|haz clic en|clicca su|klik op',
  search:
    'search find lookup query suche suchen finde cherche chercher recherche trouve busca buscar encuentra cerca cercare trova procure pesquise zoek vind ابحث|look for|look up|search for|suche nach|cherche après|zoek naar',
  filter:
    'filter narrow filtere filtern filtre filtrer filtra filtrar filtre filteren صف رشح|narrow down|limit to',
  sort: 'sort sortiere sortieren trie trier ordena ordenar ordina sorteer رتب افرز|order by|sort by|rank by|arrange by',
  mark: 'mark complete finish check tick resolve markiere erledige hake coche marque marquer termine marca marcar completa completar spunta marque markeer vink abhaken erledigen ankreuzen segna segnare spuntare completare concluir conclua cocher marquer أكمل علم|check off|tick off|ضع علامة',
  open: 'open view visit go browse navigate expand inspect read look see öffne oeffne öffnen gehe besuche ouvre ouvrir va visite abre abrir ve visita apri vai abra open ga bekijk افتح اذهب|go to|look at|navigate to|switch to|gehe zu|va à|ve a|vai a|ga naar',
  delete:
    'delete remove erase discard trash lösche loesche löschen entferne entfernen supprime supprimer efface elimina eliminar borra borrar quita cancella rimuovi exclua remova apague verwijder löschen retira rimuovere excluir apagar احذف أزل امسح',
  edit: 'edit change update rename revise modify ändere aendere ändern bearbeite bearbeiten benenne modifie modifier renomme change edita editar cambia cambiar modifica rinomina altere edite wijzig bewerk hernoem umbenennen renombra renombrar renomme renommer rinominare renomeie renomear عدل غير',
  move: 'move drag drop verschiebe verschieben ziehe déplace déplacer glisse mueve mover arrastra sposta trascina mova arraste verplaats sleep انقل اسحب',
  calculate:
    'calculate compute convert estimate berechne rechne calcule calculer calcula calcular calcola calcule bereken احسب|work out|add up|sum up',
};

/** Verbs of languages that put no spaces between words; looked for anywhere outside of quotation marks. */
const UNSPACED: [RegExp, Act][] = [
  [/追加|作成|添加|新增|创建|建立/u, 'add'],
  [/検索|搜索|查找/u, 'search'],
  [/削除|删除|刪除/u, 'delete'],
  [/選択|选择|選擇|選ぶ/u, 'choose'],
  [/完了|完成/u, 'mark'],
  [/入力|输入|輸入/u, 'set'],
  [/編集|编辑|變更|変更/u, 'edit'],
  [/クリック|点击|點擊|押す/u, 'press'],
  [/開く|開き|開い|打开|打開/u, 'open'],
  [/移動|移动|移到/u, 'move'],
  [/並べ替え|並び替え|排序/u, 'sort'],
];
/** Verbs of other scripts, where the sentence has no letter of ours. */
const FOREIGN: [{ test(text: string): boolean }, Act][] = [
  [DELETES, 'delete'],
  [SEARCHES, 'search'],
  [EDITS, 'edit'],
  [ADDS, 'add'],
];
/** The act of a sentence whose words are none of the lexicon's, by what it holds. */
export function unspacedAct(text: string): Act | undefined {
  const found = UNSPACED.find(([pattern]) => pattern.test(text))?.[1];
  if (found !== undefined || /\p{Script=Latin}/u.test(text)) return found;
  // A sentence that asks for several things is not taken for one of them.
  const [act, ...others] = FOREIGN.filter(([words]) => words.test(text)).map(([, one]) => one);
  return others.length === 0 ? act : undefined;
}
/** What is left of such a sentence for a name, without its verb, its particles and what is quoted. */
export const unspacedObject = (text: string): string =>
  UNSPACED.reduce((left, [pattern]) => left.replace(pattern, ' '), text)
    .replace(/[\p{Script=Hiragana}ー、。，\s\ue000-\uf8ff]+|[把将將请請它]/gu, ' ')
    .trim();

const BY_WORD = new Map<string, Act>();
const PHRASES: { words: string[]; act: Act }[] = [];
for (const [act, text] of Object.entries(VERBS) as [Act, string][]) {
  const [words = '', ...phrases] = text.split('|');
  // `adding` and `added` have another stem than `add`.
  for (const word of words.split(' '))
    for (const form of [word, stem(word), stem(`${word}ed`)].flatMap((one) => [one, plain(one)]))
      if (!BY_WORD.has(form)) BY_WORD.set(form, act);
  for (const phrase of phrases) PHRASES.push({ words: phrase.split(' '), act });
}
PHRASES.sort((a, b) => b.words.length - a.words.length);

export interface Verb {
  act: Act | undefined;
  /** First word of it in the sentence, and how many they are. */
  at: number;
  length: number;
  /** As said, stemmed: may be the name of a control. */
  stem: string;
}

/** What a word or the words from `at` on want, if they are a verb that is known. */
export function verbAt(words: readonly string[], at: number): Verb | undefined {
  const lower = words.slice(at, at + 3).map((word) => word.toLowerCase());
  for (const phrase of PHRASES)
    if (phrase.words.every((word, n) => sameVerb(lower[n], word)))
      return { act: phrase.act, at, length: phrase.words.length, stem: stem(lower[0] ?? '') };
  const word = lower[0];
  if (word === undefined) return undefined;
  const act =
    BY_WORD.get(word) ??
    BY_WORD.get(stem(word)) ??
    BY_WORD.get(plain(word)) ??
    // `sucht`, `öffnet`.
    (word.length > 4 ? BY_WORD.get(word.replace(/e?t$/u, 'en')) : undefined);
  return act === undefined ? undefined : { act, at, length: 1, stem: stem(word) };
}

const sameVerb = (said: string | undefined, known: string): boolean =>
  said !== undefined && (said === known || stem(said) === stem(known));

/** Words that carry no name: function words of several languages. */
export const FUNCTION_WORDS = new Set(
  'a an the and or of to in on for with by as how can you i we it its this that these those please me us let be is are was been at from into onto then next finally first also just only user users someone their his her your my our some any one ones do does will should would need needs want wants which who whose what when where there here after before up out off over under der die das den dem des ein eine einen einem einer und oder zu zum zur mit von vom im in auf an am für als bitte dann danach wie man nach le la les un une des du de et ou à au aux avec dans sur pour puis ensuite el los las unos unas y o con en por para luego después il lo gli uno e ed da di del della nel nella per poi os as um uma com em no na do da depois het een en met op van voor dan'.split(
    ' ',
  ),
);

/** Nouns for one of many, or for a part of the screen: they say where to look and name nothing. */
export const STRUCTURE_WORDS = new Set(
  'row item entry line record element thing list table grid page screen view section panel column field form box button link tab menu icon option control input text value name label card zeile eintrag element spalte feld schaltfläche ligne élément entrée colonne champ bouton fila elemento entrada columna campo botón riga voce colonna campo pulsante linha item coluna botão rij kolom veld knop'.split(
    ' ',
  ),
);

const ORDINALS: Record<string, number> = {
  first: 0,
  top: 0,
  erste: 0,
  ersten: 0,
  erster: 0,
  erstes: 0,
  premier: 0,
  première: 0,
  primero: 0,
  primera: 0,
  primo: 0,
  prima: 0,
  primeiro: 0,
  primeira: 0,
  eerste: 0,
  second: 1,
  zweite: 1,
  zweiten: 1,
  deuxième: 1,
  segundo: 1,
  segunda: 1,
  secondo: 1,
  seconda: 1,
  tweede: 1,
  third: 2,
  dritte: 2,
  dritten: 2,
  troisième: 2,
  tercero: 2,
  tercera: 2,
  terzo: 2,
  terza: 2,
  terceiro: 2,
  terceira: 2,
  derde: 2,
  fourth: 3,
  vierte: 3,
  vierten: 3,
  fifth: 4,
  fünfte: 4,
  fünften: 4,
  sixth: 5,
  seventh: 6,
  eighth: 7,
  ninth: 8,
  tenth: 9,
  last: -1,
  bottom: -1,
  letzte: -1,
  letzten: -1,
  dernier: -1,
  dernière: -1,
  último: -1,
  última: -1,
  ultimo: -1,
  ultima: -1,
  laatste: -1,
};

/** Place in a list, 0-based; -1 for the last; undefined when the word is none. */
export function ordinalOf(word: string): number | undefined {
  const lower = word.toLowerCase();
  const numbered = /^(\d{1,3})(?:st|nd|rd|th)$/.exec(lower);
  if (numbered) return Number(numbered[1]) - 1;
  return Object.hasOwn(ORDINALS, lower) ? ORDINALS[lower] : undefined;
}
