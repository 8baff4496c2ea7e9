import { stem, stemsOf } from '../words';

/** Without accents and marks: "compléta" is "completa", "ثبّت" is "ثبت". */
export const plain = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '');

/**
 * What one does with one of many things, by what the button says: each a group of the verb's forms in several languages. They are no verbs of
 * the lexicon, since nothing follows from them but that a control of this meaning is used.
 */
const ITEM_ACTS: string[][] = [
  'pin pinned anheften angeheftet hefte anpinnen pinne épingler épingle fijar fija fije fixar fixa fixe fissare fissa appunta تثبيت ثبت 固定 ピン留め 置顶',
  'unpin loslösen lösen désépingler detacher desfijar desafixar sblocca',
  'archive archived archiviere archivieren archiver archivar archiva archive archivia archiviare arquivar arquive arquiva أرشفة أرشف アーカイブ 归档 存档',
  'mute muted stummschalten stumm silencia silenciar silencie silenzia silenziare كتم اكتم ミュート 静音 免打扰',
  'unmute entstummen desilenciar',
  'duplicate copy clone dupliziere duplizieren kopiere kopieren dupliquer duplique copier copie duplicar duplica copiar copia duplique duplicare copiare نسخ انسخ تكرار كرر 複製 复制',
  'hide ausblenden verbergen verberge masquer masque ocultar oculta nascondi nascondere esconder esconda إخفاء اخف 非表示 隐藏',
  'share teile teilen partager partage compartir comparte compartilhar compartilhe condividi condividere مشاركة شارك 共有 分享',
  'follow folge folgen abonnieren suivre suis seguir sigue siga segui متابعة تابع フォロー 关注',
  'reply answer antworte antworten répondre réponds responder responde responda rispondi رد 返信 回复',
  'undo rückgängig deshacer deshaz desfazer desfaça annulla تراجع 元に戻す 撤销 撤消',
  'redo wiederholen wiederherstellen rehacer rehaz refazer ripeti إعادة やり直す 重做',
  'restore wiederherstellen restaurer restaure restaurar restaura ripristina استعادة 復元 恢复',
  'approve genehmige genehmigen approuver approuve aprobar aprueba aprovar aprove approva موافقة وافق 承認 批准',
  'reject decline ablehnen lehne rejeter rejette refuser rechazar rechaza rejeitar rejeite rifiuta رفض ارفض 却下 拒绝',
  'increase increment raise plus more erhöhe erhöhen steigere augmente augmenter aumenta aumentar aumente زيادة زد 増やす 增加 +',
  'decrease decrement reduce lower minus less fewer verringere verringern reduziere reduzieren senke diminue diminuer réduis réduire disminuye disminuir reduce reducir diminua reduza diminuisci riduci تقليل قلل 減らす 减少 - −',
  'book reserve rent hire buche buchen reserviere reservieren miete mieten réserver réserve louer reservar reserva reserve alquilar prenota prenotare حجز احجز 予約 预订 預約',
  'pay bezahle bezahlen zahle zahlen payer paie payez régler règle pagar paga pague pagare betaal betalen ادفع 支払う 支付 付款',
  'star favourite favorite bookmark starred favorisiere favorisieren ☆ ★ ⭐ ♥ ❤ ♡ 🤍 مفضلة お気に入り 收藏',
  'like upvote heart love clap gefällt aime gusta curtir curte ♥ ❤ 👍 ♡ 🤍 إعجاب いいね 点赞 赞',
].map((group) => group.split(' '));

/** Further verbs of this kind, by themselves. */
const FURTHER =
  'unstar forward unlike accept vote downvote unfollow unbookmark save assign claim close reopen start stop pause resume play snooze flag report publish unpublish pay send cancel confirm rate react export download print import upload refresh reload next previous toggle switch collapse expand invite uninvite subscribe buy purchase checkout order generate run test try continue proceed skip rewind'.split(
    ' ',
  );
const NO_VERBS = /[^\p{L}]|^(?:more|less|plus|minus|fewer|pinned|muted|archived|starred|heart|love|stumm)$/u;

/** Words that may act on one of many things, although they are no verb of the lexicon: mostly the name of a button. */
export const ITEM_VERBS: ReadonlySet<string> = new Set(
  [...ITEM_ACTS.flat().filter((word) => !NO_VERBS.test(word)), ...FURTHER].flatMap((word) => [
    word,
    plain(word),
  ]),
);
export const isItemVerb = (word: string): boolean =>
  ITEM_VERBS.has(word.toLowerCase()) || ITEM_VERBS.has(plain(word.toLowerCase()));

/** Nouns for what apps are about: capitals of a language's nouns make no name of them. */
const NOUNS: string[][] = [
  'todo task reminder to-do aufgabe tâche tarea attività tarefa taak مهمة المهمة タスク 任务',
  'message mail email e-mail letter nachricht message mensaje messaggio mensagem bericht رسالة الرسالة',
  'note memo notiz nota ملاحظة الملاحظة',
  'card ticket issue karte carte tarjeta scheda cartão kaart بطاقة',
  'post article story entry beitrag artikel',
  'comment reply kommentar commentaire comentario commento تعليق',
  'contact person customer client member people kunde kontakt',
  'product article goods produkt produit producto prodotto produto منتج',
  'cart basket bag warenkorb panier carrito carrello carrinho',
  'expense cost spending transaction',
].map((group) => group.split(' '));

/** Words that mean the same thing in apps. */
const SYNONYMS: string[][] = [
  ...NOUNS,
  ...ITEM_ACTS,
  ...[
    'delete remove trash erase discard bin × ✕ 🗑 löschen lösche entfernen entferne supprimer supprime eliminar elimina cancella rimuovi excluir exclua apagar apague verwijderen حذف احذف 削除 删除 刪除',
    'complete done finish tick check completed finished packed erledigt erledige fertig abgeschlossen terminé terminée fait faite fini hecho hecha completado completada terminado completa fatto fatta completato completata comprato feito feita concluído concluída concluir concluída klaar مكتملة مكتمل منجزة تمت تم 完了 済み 完成 ✓ ✔',
    'read gelesen lu lue leído leída letto letta lido lida مقروء مقروءة 既読 已读',
    'edit change rename modify update ✎ ✏ bearbeiten umbenennen modifier renommer editar renombrar modifica rinomina renomear تعديل 編集 编辑',
    'open view detail details show read more',
    'dark night theme',
    'settings preference preferences options einstellungen',
    'color colour farbe',
    'price preis prix precio prezzo preço prijs',
    'seat place sitz platz siège asiento posto lugar',
    'quantity qty amount count number menge anzahl cantidad quantité quantità quantidade',
    'buy purchase order checkout',
  ].map((group) => group.split(' ')),
];

const formsOf = (word: string): Set<string> => new Set([word, stem(word), plain(word), stem(plain(word))]);
const MEANING = new Map<string, number[]>();
for (const [at, group] of SYNONYMS.entries())
  for (const word of group)
    for (const form of formsOf(word)) MEANING.set(form, [...(MEANING.get(form) ?? []), at]);

const COMMON_NOUNS = new Set(NOUNS.flat().flatMap((word) => [word, stem(word)]));
export const isCommonNoun = (word: string): boolean => COMMON_NOUNS.has(word) || COMMON_NOUNS.has(stem(word));

/** Whether two stems mean the same. */
export function sameMeaning(a: string, b: string): boolean {
  if (a === b || plain(a) === plain(b)) return true;
  const known = MEANING.get(a) ?? MEANING.get(plain(a));
  return (
    known !== undefined &&
    (MEANING.get(b) ?? MEANING.get(plain(b)) ?? []).some((group) => known.includes(group))
  );
}

/** Whether a text has a word, or one that means the same. */
export const saysWord = (text: string, word: string): boolean =>
  stemsOf(text).some((one) => sameMeaning(one, stem(word)));

/** Whether a word says that something is done with. */
export const isCompletion = (word: string): boolean => sameMeaning(word, 'done');

const UNSPACED = [...ITEM_VERBS].filter((word) => /[\p{Script=Han}\p{Script=Katakana}]{2}/u.test(word));
/** The verb of this kind in a sentence that is written without spaces. */
export const unspacedItemVerb = (text: string): string | undefined =>
  UNSPACED.find((word) => text.includes(word));
