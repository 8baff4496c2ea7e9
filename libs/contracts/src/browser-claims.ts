import { foldText } from './conditions';
import { remembered } from './remembered';

/* What pages say of things that only the browser knows of: its clipboard and its downloads. */

const COPIED =
  /(?<![\p{L}\p{N}])(?:copied|kopiert|gekopieerd|kopierad\p{L}*|kopieret|kopioitu|copiée?s?|copiad[oa]s?|copiat[oaie]|skopiowan\p{L}*|zkopírován\p{L}*|kopyalandı|másolva|disalin|đã sao chép|αντιγράφηκε|скопирован\p{L}*|скопійован\p{L}*)(?!\p{L})|コピーしました|コピー済|已复制|已複製|复制成功|복사되었|복사됨|복사했|تم النسخ|تم نسخ|הועתק|कॉपी किया|คัดลอกแล้ว/iu;
const DOWNLOADED =
  /(?<![\p{L}\p{N}])(?:download(?:ed|ing| (?:started|starting|complete\p{L}*|finished|begun|will begin))|heruntergeladen|gedownload|nedladda\p{L}*|hentet|téléchargée?s?|descargad[oa]s?|baixad[oa]s?|transferid[oa]s?|scaricat[oaie]|pobran[oaey]|staženo|indirildi|letöltve|diunduh|скачан\p{L}*|загружен\p{L}* на|завантажен\p{L}*)(?!\p{L})|ダウンロードしました|ダウンロードを開始|已下载|下载(?:完成|成功)|已下載|다운로드(?:되었|했|를 시작)|تم (?:التنزيل|تنزيل)|הורד|डाउनलोड (?:हो गया|किया)|ดาวน์โหลดแล้ว/iu;
const EXPORTED =
  /(?<![\p{L}\p{N}])(?:exported|exportiert|geëxporteerd|exporterad\p{L}*|exportée?s?|exportad[oa]s?|esportat[oaie]|wyeksportowan\p{L}*|dışa aktarıldı|экспортирован\p{L}*)(?!\p{L})|エクスポートしました|导出成功|已导出|내보냈|تم التصدير/iu;
const DENIED = /\b(?:not|no|never|nothing|0 \p{L}+|nicht|kein\p{L}*|pas|non|nie|не)\b/iu;

/** Whether a text says that something was put into the clipboard. */
export const saysCopied = remembered((text) => COPIED.test(foldText(text)) && !DENIED.test(text), 400);

/** Whether a text says that a file came down: "exported" alone says so too. */
export const saysDownloaded = remembered(
  (text) => (DOWNLOADED.test(foldText(text)) || EXPORTED.test(foldText(text))) && !DENIED.test(text),
  400,
);

const COPIES =
  /(?<![\p{L}\p{N}])(?:copy|clipboard|kopier\p{L}*|zwischenablage|copier|copiar?|copia|kopiuj|kopírovat|kopyala|salin|sao chép|αντιγραφή|копировать|скопировать|копіювати)(?!\p{L})|コピー|复制|複製|복사|نسخ|העתק|कॉपी|คัดลอก/iu;

/** Whether a control is called as those are that put something into the clipboard. */
export const namesCopying = (name: string): boolean => COPIES.test(name);
