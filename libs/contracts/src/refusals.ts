import { foldText } from './conditions';
import { remembered } from './remembered';
import type { PageSnapshot } from './page';

/** Words stand alone: letters around them would make them others. Scripts without spaces have no such edges. */
const words = (...alternatives: string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join('|')})(?![\\p{L}])`, 'iu');
const signs = (...alternatives: string[]): RegExp => new RegExp(alternatives.join('|'), 'u');

/** What pages say when something did not work: in the languages of most apps; a page in another one is judged by what it does. */
const REFUSAL = [
  words(
    "(?:could|can|was|were|did|has|have|is|are|do|does|will) ?(?:n[o']t|n’t)(?: yet| be| been| currently)* (?:saved?|added?|sent|send|stored?|created?|updated?|deleted?|removed?|found|find|submit(?:ted)?|processed?|complet\\w+|accept(?:ed)?|allow(?:ed)?|reach(?:ed)?|load(?:ed)?|available|valid|exist|match|enough|connect\\w*|verif\\w+|log(?:ged)? in|sign(?:ed)? in|work|save|add|post(?:ed)?|publish(?:ed)?|book(?:ed)?|chang(?:ed?)|mov(?:ed?)|register(?:ed)?|support(?:ed)?)",
    '(?:cannot|unable to|failed to|not able to)',
    "(?:could|can) ?(?:not|n[’']t)",
    'nothing (?:was|has been|could be) \\w+',
    '(?:was|were|has been) (?:rejected|refused|declined|blocked|rolled back|reverted|undone)',
    '\\bblocked (?:the|your|this|by)|validation (?:failed|error|blocked)',
    '(?:errors?|failed|failure|invalid|incorrect|denied|forbidden|unauthori[sz]ed|rejected|refused|declined)',
    '(?:went|goes) wrong|wrong (?:password|code|credentials|format|value)|that code is wrong',
    'try again|try later|please (?:enter|choose|select|fill|provide|pick|correct|log ?in|sign in|use|add)',
    '(?:choose|select|pick) (?:an?|one|some\\w*) (?:\\p{L}+ )?(?:from|first|before)',
    '(?:is|are) (?:required|mandatory|missing|too (?:short|long|small|large|big))|required field|this field is required',
    '(?:must|has to|have to|needs to) (?:be|have|contain|include|match|start|end)',
    '(?:already|not) (?:exists?|taken|in use|registered|used)|no permission|not permitted|not enough|out of stock|sold out|no longer available|timed? ?out|limit reached|quota|is full|offline|(?:service|server) unavailable',
    '(?:sorry|oops|uh[- ]oh|whoops|unfortunately)',
    '(?:waiting for|no) (?:the |an? )?(?:network|connection|internet)(?: connection)?|not (?:yet )?(?:sent|delivered|synced|submitted)|(?:tap|click|press) to (?:retry|resend)',
    '(?:only|just) (?:an example|a demo)|read[- ]only',
  ),
  // German, Dutch, Scandinavian, Finnish
  words(
    'fehler\\p{L}*|fehlgeschlagen|ungültig\\p{L}*|gescheitert|abgelehnt|verweigert|leider|tut uns leid|entschuldig\\p{L}*|nicht (?:gespeichert|hinzugefügt|gesendet|gefunden|möglich|erlaubt|angemeldet|verfügbar|erreichbar|gelöscht|geändert|angelegt|übernommen)|konnten? (?:[^.!?]{0,60} )?nicht|kann nicht|pflichtfeld|erforderlich|bitte (?:geben|wählen|füllen|versuchen|prüfen|melden)|muss (?:[^.!?]{0,40} )?(?:sein|enthalten|haben)|bereits vorhanden|existiert nicht|schief ?(?:gelaufen|gegangen|ging|lief)|ging schief|hoppla',
    'fout\\p{L}*|mislukt|ongeldig\\p{L}*|helaas|geweigerd|niet (?:opgeslagen|toegevoegd|verzonden|gevonden|toegestaan)|kon(?:den)? (?:[^.!?]{0,40} )?niet|verplicht|probeer (?:het )?(?:later|opnieuw)|kies eerst|(?:ging|gaat) (?:er )?(?:iets )?(?:mis|fout)|misgegaan|oeps',
    'fel(?:et|aktig\\p{L}*)?|misslyckades|ogiltig\\p{L}*|tyvärr|kunde inte|gick inte|inte sparad\\p{L}*|obligatorisk\\p{L}*|försök igen|mislyktes|ugyldig\\p{L}*|dessverre|desværre|kunne ikke|ikke (?:lagret|gemt)|prøv igjen|prøv igen|påkrevd|g(?:ick|ikk|ik) (?:fel|galt)|hoppsan|virhe|meni vikaan|epäonnistui|ei voitu',
  ),
  // French, Spanish, Portuguese, Italian, Romanian, Catalan
  words(
    "erreurs?|échec|échoué\\p{L}*|invalides?|désolée?s?|malheureusement|impossible(?: de)?|refusée?s?|n[’'](?:a|ont) pas (?:pu|été)|n[’']est pas (?:valide|disponible|connecté\\p{L}*)|obligatoires?|requise?s?|veuillez|réessaye[zr]|existe déjà|introuvable|choisissez|s[’']est mal passé\\p{L}*|problème est survenu|oups",
    'error(?:es)?|fallo|falló|fallid[oa]|inválid[oa]s?|no válid[oa]s?|lo sentimos|lamentablemente|no se (?:pudo|ha podido|pudieron|guardó|ha guardado|encontró|añadió)|no (?:guardad|encontrad|enviad)[oa]s?|obligatori[oa]s?|requerid[oa]s?|rechazad[oa]s?|int[eé]nt[ea]\\p{L}*|(?:ha )?(?:ido|salid[oa]|salió|fue|anda) mal|vuelva a intentar\\p{L}*|ya existe|por favor,? (?:introduzca|elija|seleccione|ingrese|complete)',
    'erros?|falh(?:a|ou)|não (?:foi possível|pôde|foi (?:salv|adicionad|envi|guardad|encontrad)\\p{L}*|encontrad[oa]|salv[oa])|desculp\\p{L}*|infelizmente|tente novamente|obrigatóri[oa]s?|recusad[oa]s?|já existe|(?:deu|correu|saiu) (?:errado|mal)',
    'errore|errori|fallit[oa]|non valid[oa]|non è stat[oa]|impossibile|spiacenti|purtroppo|riprova\\p{L}*|obbligatori[oa]|rifiutat[oa]|esiste già|non trovat[oa]|(?:andat[oa]|andò) storto',
    'eroare|eșuat|nevalid\\p{L}*|din păcate|încercați din nou|obligatoriu',
  ),
  // Polish, Czech, Turkish, Hungarian, Indonesian, Vietnamese
  words(
    'błąd|błędu|nie (?:udało|można|został\\p{L}*|zapisan\\p{L}*|znaleziono)|niestety|nieprawidłow\\p{L}*|wymagan[aey]|spróbuj ponownie|odrzucon\\p{L}*|już istnieje|poszło nie tak',
    'chyba|chyby|nepodařilo|nelze|neplatn\\p{L}*|bohužel|povinn\\p{L}*|zkuste to znovu|nebyl\\p{L}*',
    'hata|hatası|başarısız|geçersiz|maalesef|üzgünüz|edilemedi|kaydedilemedi|eklenemedi|gönderilemedi|bulunamadı|zorunlu\\p{L}*|tekrar deneyin|reddedildi|lütfen|ters gitti|sorun oluştu',
    'hiba|sikertelen|érvénytelen|sajnos|nem sikerült|kötelező|gagal|tidak (?:dapat|valid|ditemukan)|maaf|wajib|coba lagi|lỗi|không thể|thất bại|bắt buộc|thử lại',
    'σφάλμα|αποτυχία|απέτυχε|δεν (?:ήταν|μπορ\\p{L}*|αποθηκ\\p{L}*)|δυστυχώς|υποχρεωτικ\\p{L}*',
  ),
  // Russian, Ukrainian
  words(
    'ошибк\\p{L}*|не удалось|невозможно|неверн\\p{L}*|недопустим\\p{L}*|к сожалению|не (?:сохранен\\p{L}*|добавлен\\p{L}*|найден\\p{L}*|отправлен\\p{L}*|выполнен\\p{L}*)|отклонен\\p{L}*|отказано|обязательн\\p{L}*|попробуйте|повторите|уже существует|извините|пошло не так',
    "помилк\\p{L}*|не вдалося|неможливо|на жаль|обов[’']язков\\p{L}*|спробуйте|не збережено|пішло не так",
  ),
  signs(
    'エラー|失敗|できません|できなかった|ませんでした|無効|必須|もう一度|申し訳|不正|見つかりません|拒否|してください|問題が発生|うまくいき',
    '错误|失败|无法|不能|无效|必填|抱歉|请(?:输入|选择|重试|填写|稍后)|未(?:能|保存|找到)|拒绝|不存在|出错|出(?:现|了)(?:点|些)?问题|出錯|已存在|錯誤|失敗|無法|無效|請(?:輸入|選擇|重試)',
    '오류|실패|없습니다|못했습니다|잘못|필수|다시 시도|죄송|유효하지|거부|문제가 발생',
    'خطأ|فشل|تعذر|تعذّر|غير (?:صالح|صحيح|متاح)|عذر|آسف|لم يتم|مطلوب|حاول مرة|مرفوض|שגיאה|נכשל|לא ניתן|לא נשמר|חובה|מצטער|خطا|ناموفق',
    'त्रुटि|विफल|नहीं (?:हो|जा|मिल|किया)|अमान्य|आवश्यक|क्षमा करें|ข้อผิดพลาด|ไม่สามารถ|ล้มเหลว|จำเป็น',
  ),
];

/** What pages say when something was kept, sent or done: a claim, which has to be true. */
const CLAIM = [
  words(
    "saved|stored|submitted|sent|added|created|updated|published|posted|booked|reserved|registered|subscribed|received|recorded|confirmed|deleted|removed|uploaded|scheduled|success\\p{L}*|thank(?:s| you)|congratulations|all set|we[’']ll be in touch",
  ),
  words(
    'gespeichert|gesendet|hinzugefügt|erstellt|angelegt|aktualisiert|veröffentlicht|gebucht|erfolgreich\\p{L}*|danke|vielen dank|gelöscht|opgeslagen|verzonden|toegevoegd|bedankt|sparad\\p{L}*|skickad\\p{L}*|tack|lagret|gemt|sendt|takk|tak|tallennettu|kiitos',
    'enregistré\\p{L}*|envoyé\\p{L}*|ajouté\\p{L}*|créé\\p{L}*|merci|succès|guardad[oa]s?|enviad[oa]s?|añadid[oa]s?|cread[oa]s?|gracias|éxito|salv[oa]s?|adicionad[oa]s?|criad[oa]s?|obrigad[oa]|sucesso|salvat[oa]|inviat[oa]|aggiunt[oa]|creat[oa]|grazie|successo',
    'zapisan[oaey]|wysłan[oaey]|dodan[oaey]|dziękujemy|uloženo|odesláno|děkujeme|kaydedildi|gönderildi|eklendi|teşekkürler|başarıyla|mentve|köszönjük|disimpan|terima kasih|đã lưu|cảm ơn|αποθηκεύτηκε|ευχαριστούμε',
    'сохранен\\p{L}*|отправлен\\p{L}*|добавлен\\p{L}*|создан\\p{L}*|спасибо|успешно|збережено|надіслано|додано|дякуємо',
  ),
  signs(
    '保存しました|送信しました|追加しました|ありがとう|完了|已保存|保存成功|成功|谢谢|感谢|已添加|已发送|저장되었|추가되었|감사합니다|완료|تم (?:الحفظ|الإرسال|الإضافة)|تم حفظ|شكرا|بنجاح|נשמר|תודה|सहेजा|धन्यवाद|บันทึกแล้ว|ขอบคุณ',
  ),
];

/** Main words of pages that are not there; routers answer them with status 200. */
const MISSING = [
  words(
    "^(?:error |http )?4(?:04|10)|page not found|not found|(?:page|address|url|route|content|resource|link)[^.!?]{0,40} (?:does not|doesn[’']t|could not be|couldn[’']t be|cannot be|can[’']t be|was not|wasn[’']t|no longer|is not|isn[’']t) ?(?:exists?|found|available|here)?|no such page|nothing (?:here|at this address|to see here)|(?:can[’']t|cannot|couldn[’']t|could not) find (?:that|this|the|your) page|missing page|lost\\?",
    'seite (?:wurde )?nicht gefunden|nicht gefunden|existiert nicht|page (?:introuvable|non trouvée)|introuvable|página no encontrada|no encontrad[oa]|no existe|página não encontrada|não encontrad[oa]|pagina non trovata|non trovat[oa]|pagina niet gevonden|niet gevonden|sidan (?:kunde inte hittas|hittades inte)|siden (?:ble|blev) ikke funnet|sivua ei löyt\\p{L}*|nie znaleziono|stránka nenalezena|sayfa bulunamadı|bulunamadı|nem található|halaman tidak ditemukan|không tìm thấy',
    'страница не найдена|не найден[аоы]?|сторінк\\p{L}* не знайдено',
  ),
  signs(
    '見つかりません|ページが存在|页面不存在|未找到|找不到|頁面不存在|페이지를 찾을 수 없|찾을 수 없|غير موجودة|لم يتم العثور|הדף לא נמצא|पृष्ठ नहीं मिला|ไม่พบหน้า',
  ),
];

/** Words of the error pages and overlays that development servers and frameworks put in place of an app. */
const BROKEN =
  /\b(internal server error|application error|unhandled (runtime )?error|unhandled promise rejection|failed to compile|build error|module not found|traceback \(most recent call last\)|cannot (GET|POST|PUT|DELETE) \/|whitelabel error page|failed to resolve import|exception value:|werkzeug debugger|something went wrong|uncaught \w*error|fatal error:|ErrorException|stack trace:|bad gateway|service unavailable|gateway time-?out)\b/i;

/** A second thing is asked for before anybody is in, or the page says itself that nobody is. */
const ASKED_FOR_MORE = [
  words(
    '(?:welcome|hello|hi|signed in as|browsing as|continue as),? (?:a )?(?:guest|visitor|anonymous|stranger)|(?:log|sign) ?in to (?:see|view|continue|access|use)|(?:willkommen|hallo),? gast|bienvenue,? invité\\p{L}*|bienvenid[oa],? invitad[oa]|benvenut[oa],? ospite',
    "(?:verification|security|one[- ]time|authentication|confirmation|authenticator|access|login|sms|\\d[- ]digit|(?:six|four|eight)[- ]digit) ?(?:code|pass(?:word|code)|pin|token)|(?:six|four|eight|\\d) digits|two[- ]?factor\\p{L}*|two[- ]step|multi[- ]?factor|2fa|mfa|otp|totp|not (?:yet )?(?:signed|logged) in|not signed in yet|verify (?:it[’']s you|your (?:identity|email|phone|device|account))|check your (?:phone|email|inbox|device)|authenticator app|confirm your (?:email|identity)|account (?:is )?(?:locked|disabled|pending|not active\\p{L}*)|awaiting approval",
    'bestätigungscode|sicherheitscode|einmalcode|zwei-faktor\\p{L}*|noch nicht angemeldet|code de (?:vérification|sécurité|confirmation)|double authentification|pas encore connecté\\p{L}*|código de (?:verificación|seguridad|verificação|segurança)|verificación en dos pasos|codice di (?:verifica|sicurezza)|verificatiecode|verifieringskod|kod weryfikacyjny|doğrulama kodu|код (?:подтверждения|безопасности)|двухфакторн\\p{L}*',
  ),
  signs(
    '認証コード|確認コード|二段階認証|验证码|驗證碼|双重验证|인증 ?코드|인증번호|رمز التحقق|קוד אימות|सत्यापन कोड',
  ),
];

const some = (patterns: readonly RegExp[], text: string): boolean => patterns.some((one) => one.test(text));

/** Whether a text says that something did not work. */
export const refuses = remembered((text) => some(REFUSAL, foldText(text)), 1000);

/** Whether a text says that something was kept, sent or done. */
export const claims = remembered((text) => some(CLAIM, foldText(text)), 1000);

/** What an app says of what it has done to what it shows: that is seen, and it need not last. */
const SHOWN_AT_ONCE = [
  words(
    '(?:success\\p{L}*)? ?(?:added|created|updated|deleted|removed|changed|edited|renamed|moved) ?(?:success\\p{L}*)?',
    // A greeting at the end of a way.
    'congratulations|all set',
  ),
  words(
    'hinzugefügt|erstellt|angelegt|aktualisiert|gelöscht|toegevoegd|ajouté\\p{L}*|créé\\p{L}*|añadid[oa]s?|cread[oa]s?|adicionad[oa]s?|criad[oa]s?|aggiunt[oa]|creat[oa]|dodan[oaey]|eklendi',
    'добавлен\\p{L}*|создан\\p{L}*|додано',
  ),
  signs('追加しました|已添加|추가되었|تم الإضافة'),
];

/** Whether a text says that something was kept, sent or settled: more than that the page shows it otherwise now. */
export const claimsToKeep = remembered(
  (text) =>
    claims(text) &&
    claims(
      SHOWN_AT_ONCE.reduce(
        (left, pattern) =>
          left.replace(new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`), ' '),
        foldText(text),
      ),
    ),
  1000,
);

/** Without a word that takes it back: "0 items moved" has done nothing. */
const DONE =
  /^(?!.*\b(?:no|not|none|nothing|never|0)\b)(?:[^.!?:;]{0,60}\s)?(?:un)?(?:archived|moved|starred|pinned|muted|copied|restored|marked|completed|renamed|changed|applied|cleared|assigned|liked|hidden|duplicated|exported|paused|started|followed|selected|enabled|closed)\b[^.!?:;]{0,40}[.!]?$/iu;

/** Whether a short text says what was done to something that is there. It claims nothing beyond that, and is no refusal. */
export const saysDone = remembered((text) => DONE.test(foldText(text)), 100);

const asksFor = remembered((text) => some(ASKED_FOR_MORE, foldText(text)), 100);

/** Whether a page asks for a second proof of who is there, or says that nobody is signed in. */
export const asksForMore = (page: Pick<PageSnapshot, 'text' | 'elements'>): boolean =>
  asksFor(page.text) ||
  page.elements.some(
    ({ role, name, inputType, placeholder = '' }) =>
      (role === 'textbox' || role === 'spinbutton') &&
      inputType !== 'password' &&
      /^(?:otp|one[- ]?time|2fa|pin|(?:verification |security )?code|token|6[- ]digit.*|código|codice|kod|код|コード|验证码|驗證碼|인증번호|رمز)\b/iu.test(
        foldText(`${name} ${placeholder}`),
      ),
  );

const LONGEST_MISSING = 600;

/** Why a page is none of the app although it answers: it says so itself. undefined when it does not. */
export function missingPage(page: PageSnapshot): string | undefined {
  if (page.status === 404 || page.status === 410) return `It answers ${page.status}.`;
  const headings = page.elements.filter(({ role, level }) => role === 'heading' && (level ?? 9) <= 3);
  const main = [...headings].sort((a, b) => (a.level ?? 9) - (b.level ?? 9));
  const first = main[0];
  const isShort = foldText(page.text).length <= LONGEST_MISSING;
  // A page of content may well speak of what was not found; a page that is not there has little else to say.
  const says = [
    page.title,
    ...main.filter(({ level }) => isShort || level === first?.level).map(({ name }) => name),
  ]
    .map(foldText)
    .find((text) => text.length <= 120 && some(MISSING, text));
  if (says !== undefined && foldText(page.text).length <= 4 * LONGEST_MISSING) return `It says “${says}”.`;
  const text = withoutWaysOn(page);
  const fields = page.elements.filter(({ role }) => ['textbox', 'searchbox', 'checkbox'].includes(role));
  return headings.length === 0 && fields.length === 0 && text.length <= 200 && some(MISSING, text)
    ? `It says “${text.slice(0, 120)}”.`
    : undefined;
}

/** What a page says besides its navigation: the menu of a theme leads to its error pages by their names. */
const withoutWaysOn = ({ text, elements }: PageSnapshot): string =>
  elements
    .filter(({ role, name }) => ['link', 'button', 'menuitem', 'tab'].includes(role) && name.trim() !== '')
    .reduce((left, { name }) => left.replace(foldText(name), ' '), foldText(text))
    .replace(/\s+/g, ' ')
    .trim();

/** The words of a framework's error page or overlay, where a page shows little else. */
export function brokenPage(page: Pick<PageSnapshot, 'text' | 'elements'>): string | undefined {
  const text = foldText(page.text);
  const interactive = page.elements.filter(({ role }) => ['link', 'button', 'textbox'].includes(role)).length;
  const match = BROKEN.exec(text.slice(0, LONGEST_MISSING));
  return match && interactive <= 6 ? text.slice(Math.max(0, match.index - 20), match.index + 160) : undefined;
}

/** What programs print when they have no value. It is no result, whatever stands around it. */
export const NO_RESULT =
  /(?<![\p{L}\p{N}_$.])(?:NaN|undefined|null|\[object \w+\]|[-−]?Infinity)(?![\p{L}\p{N}_$])/u;
