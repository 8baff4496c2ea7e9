import type { WordList } from './word-list';
import { WordMatcher } from './word-matcher';

/** How pages say that something did not work, or that what was entered is not accepted. */
const FAILURE: WordList = {
  en: "error | errors | invalid | incorrect | failed | failure | required | not found | denied | forbidden | wrong | went wrong | try again | cannot | can't | could not | couldn't | unable | not allowed | not saved | already exists | already taken | unavailable | rejected | declined | timed out | too long | too short | must be | unauthorized",
  de: 'fehler | ungültig* | fehlgeschlagen | falsch* | erforderlich | nicht gefunden | verweigert | verboten | schiefgelaufen | schiefgegangen | erneut versuchen | versuche es erneut | konnte nicht | konnten nicht | kann nicht | nicht möglich | nicht erlaubt | nicht gespeichert | bereits vergeben | existiert bereits | nicht verfügbar | abgelehnt | pflichtfeld',
  fr: "erreur | erreurs | invalide | incorrect* | échec | échoué | requis* | obligatoire | introuvable | refusé* | interdit* | réessayer | réessayez | impossible | n'a pas pu | n'ont pas pu | pas autorisé* | existe déjà | déjà utilisé | indisponible",
  es: 'error | errores | inválid* | incorrect* | falló | fallo | fallido | obligatorio | requerid* | no encontrado | no se encontró | denegad* | prohibid* | salió mal | inténtalo de nuevo | intente de nuevo | no se pudo | no se puede | no permitid* | ya existe | no disponible | rechazad*',
  pt: 'erro | erros | inválid* | incorret* | falhou | falha | obrigatóri* | não encontrad* | negad* | proibid* | deu errado | correu mal | tente novamente | não foi possível | não pode | não permitid* | já existe | indisponível | rejeitad*',
  it: 'errore | errori | non valid* | errat* | fallit* | non riuscit* | obbligatori* | non trovat* | negat* | vietat* | riprova | impossibile | non è stato possibile | non consentit* | esiste già | non disponibile | rifiutat*',
  nl: 'fout | fouten | ongeldig* | onjuist* | mislukt | verplicht | niet gevonden | geweigerd | verboden | ging mis | probeer het opnieuw | kon niet | kan niet | niet toegestaan | bestaat al | niet beschikbaar | afgewezen',
  sv: 'fel | ogiltig* | felaktig* | misslyckades | obligatorisk* | hittades inte | nekad* | förbjud* | gick fel | försök igen | kunde inte | kan inte | inte tillåt* | finns redan | inte tillgänglig*',
  pl: 'błąd | błędy | nieprawidłow* | niepoprawn* | niepowodzenie | nie powiodło | wymagane | wymagany | nie znaleziono | odmowa | zabronion* | spróbuj ponownie | nie można | nie udało | już istnieje | niedostępn* | odrzucon*',
  cs: 'chyba | chyby | neplatn* | nesprávn* | selhalo | povinn* | nenalezen* | odepřen* | zakázán* | zkuste to znovu | nelze | nepodařilo | již existuje | nedostupn* | zamítnut*',
  ru: 'ошибка | ошибки | ошибок | неверн* | некорректн* | недопустим* | не удалось | сбой | обязательн* | не найден* | отказано | запрещен* | запрещён* | что-то пошло не так | попробуйте снова | попробуйте ещё раз | повторите попытку | невозможно | уже существует | недоступ* | отклонен* | отклонён*',
  uk: "помилка | помилки | невірн* | некоректн* | недійсн* | не вдалося | збій | обов'язков* | не знайден* | відмовлено | заборонен* | спробуйте ще раз | неможливо | вже існує | недоступн* | відхилен*",
  tr: 'hata | geçersiz | yanlış | başarısız | gerekli | zorunlu | bulunamadı | reddedildi | yasak | ters gitti | tekrar deneyin | yapılamadı | edilemedi | olmadı | zaten var | kullanılamıyor',
  ja: 'エラー | 無効 | 正しくありません | 失敗 | 必須 | 見つかりません | 拒否 | 禁止 | 問題が発生 | もう一度お試し | できません | できませんでした | 既に存在 | すでに使用 | 利用できません | 入力してください',
  zh: '错误 | 錯誤 | 无效 | 無效 | 不正确 | 不正確 | 失败 | 失敗 | 必填 | 未找到 | 找不到 | 拒绝 | 拒絕 | 禁止 | 出错 | 出了点问题 | 重试 | 重試 | 无法 | 無法 | 不能为空 | 已存在 | 不可用',
  ko: '오류 | 에러 | 잘못 | 올바르지 | 실패 | 필수 | 찾을 수 없 | 거부 | 금지 | 문제가 발생 | 다시 시도 | 할 수 없 | 이미 존재 | 사용할 수 없 | 유효하지',
  ar: 'خطأ | أخطاء | غير صالح* | غير صحيح* | فشل | فشلت | مطلوب* | غير موجود* | مرفوض* | ممنوع* | حدث خطأ | حاول مرة أخرى | حاول مجددا | تعذر | لا يمكن | موجود بالفعل | غير متاح*',
  he: 'שגיאה | שגיאות | לא חוקי | לא תקין | שגוי | נכשל | נכשלה | חובה | לא נמצא | לא נמצאה | נדחה | נדחתה | אסור | משהו השתבש | נסה שוב | לא ניתן | כבר קיים | לא זמין',
  hi: 'त्रुटि | अमान्य | गलत | ग़लत | विफल | असफल | आवश्यक है | अनिवार्य | नहीं मिला | अस्वीकृत | निषिद्ध | कुछ गलत हो गया | पुनः प्रयास | फिर से प्रयास | नहीं किया जा सका | पहले से मौजूद | उपलब्ध नहीं',
};

/** Words that refute: an error is a change of the page, but no success. */
export const TELLS_FAILURE = new WordMatcher(FAILURE);
