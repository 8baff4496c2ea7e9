import { merged } from './word-list';
import type { WordList } from './word-list';
import { WordMatcher } from './word-matcher';

/** Brings something new into the app. */
const ADD: WordList = {
  en: 'add | create | new | insert | compose',
  de: 'hinzufügen | hinzu | erstellen | erstelle | anlegen | neu | neue | neuer | neues | neuen | einfügen | verfassen',
  fr: 'ajouter | ajoute | créer | crée | nouveau | nouvelle | nouvel | insérer | rédiger',
  es: 'añadir | añade | agregar | agrega | crear | crea | nuevo | nueva | insertar | redactar',
  pt: 'adicionar | adiciona | criar | cria | novo | nova | inserir | acrescentar | incluir',
  it: 'aggiungi | aggiungere | crea | creare | nuovo | nuova | inserisci | scrivi',
  nl: 'toevoegen | voeg toe | aanmaken | maak | nieuw | nieuwe | invoegen | opstellen',
  sv: 'lägg till | skapa | ny | nytt | nya | infoga | skriv',
  pl: 'dodaj | utwórz | stwórz | nowy | nowa | nowe | wstaw | napisz',
  cs: 'přidat | přidej | vytvořit | nový | nová | nové | vložit | napsat',
  ru: 'добавить | добавь | создать | новый | новая | новое | вставить | написать',
  uk: 'додати | створити | новий | нова | нове | вставити | написати',
  tr: 'ekle | oluştur | yeni | yaz',
  ja: '追加 | 作成 | 新規 | 新しい | 登録する | 書く | 作る',
  zh: '添加 | 新增 | 新建 | 创建 | 建立 | 增加 | 加入列表 | 写 | 撰写',
  ko: '추가 | 만들기 | 새로 | 새 글 | 생성 | 작성 | 글쓰기',
  ar: 'إضافة | أضف | اضف | إنشاء | أنشئ | انشاء | جديد | جديدة | كتابة | اكتب',
  he: 'הוסף | הוספה | להוסיף | הוסיפי | צור | יצירה | חדש | חדשה | כתוב',
  hi: 'जोड़ें | जोड़े | बनाएं | बनाएँ | नया | नई | नए | लिखें',
};

/** Keeps or hands in what was entered. */
const SUBMIT: WordList = {
  en: 'save | post | submit | publish | register | book | reserve | schedule | log | record | sign | done | ok | confirm | start | enter | comment | reply | send | upload | make | plan | put | place | track | invite | apply | generate | ask | continue',
  de: 'speichern | sichern | absenden | senden | veröffentlichen | eintragen | buchen | reservieren | fertig | bestätigen | übernehmen | starten | kommentieren | antworten | abschicken | weiter | planen',
  fr: 'enregistrer | sauvegarder | publier | envoyer | soumettre | valider | réserver | confirmer | terminer | commenter | répondre | continuer | planifier | poster',
  es: 'guardar | guarda | publicar | publica | enviar | envía | reservar | confirmar | aceptar | listo | comentar | responder | continuar | registrar | anotar | apuntar',
  pt: 'salvar | guardar | gravar | publicar | enviar | submeter | reservar | confirmar | concluir | comentar | responder | continuar | registar | registrar | lançar',
  it: 'salva | pubblica | invia | prenota | conferma | fatto | commenta | rispondi | continua | registra',
  nl: 'opslaan | bewaren | plaatsen | publiceren | versturen | verzenden | boeken | reserveren | bevestigen | klaar | reageren | beantwoorden | doorgaan | vastleggen',
  sv: 'spara | publicera | skicka | boka | bekräfta | klar | klart | kommentera | svara | fortsätt | registrera',
  pl: 'zapisz | opublikuj | wyślij | zarezerwuj | potwierdź | gotowe | skomentuj | odpowiedz | kontynuuj | zatwierdź',
  cs: 'uložit | publikovat | odeslat | rezervovat | potvrdit | hotovo | komentovat | odpovědět | pokračovat',
  ru: 'сохранить | опубликовать | отправить | забронировать | подтвердить | готово | комментировать | ответить | продолжить | записать',
  uk: 'зберегти | опублікувати | надіслати | забронювати | підтвердити | готово | коментувати | відповісти | продовжити | записати',
  tr: 'kaydet | yayınla | gönder | rezervasyon yap | onayla | tamam | yorum yap | yanıtla | devam',
  ja: '保存 | 投稿 | 送信 | 公開 | 予約 | 確定 | 確認 | 完了 | 返信 | コメントする | 続ける | 登録 | 記録',
  zh: '保存 | 储存 | 儲存 | 发布 | 發佈 | 发表 | 提交 | 发送 | 發送 | 预订 | 确认 | 確認 | 确定 | 完成 | 回复 | 评论 | 继续 | 记录',
  ko: '저장 | 게시 | 등록 | 제출 | 보내기 | 전송 | 예약 | 확인 | 완료 | 답글 | 댓글 | 계속 | 기록',
  ar: 'حفظ | احفظ | نشر | انشر | إرسال | أرسل | حجز | احجز | تأكيد | تم | تعليق | رد | متابعة | تسجيل',
  he: 'שמור | שמירה | לשמור | פרסם | פרסום | שלח | שליחה | הזמן מקום | אישור | אשר | סיום | הגב | המשך',
  hi: 'सहेजें | सेव करें | प्रकाशित करें | भेजें | जमा करें | बुक करें | पुष्टि करें | ठीक है | टिप्पणी करें | उत्तर दें | जारी रखें',
};

const CHANGE: WordList = {
  en: 'save | update | apply | change | edit',
  de: 'speichern | aktualisieren | übernehmen | ändern | bearbeiten',
  fr: 'enregistrer | mettre à jour | appliquer | modifier | éditer',
  es: 'guardar | actualizar | aplicar | cambiar | modificar | editar',
  pt: 'salvar | guardar | atualizar | aplicar | alterar | editar | mudar',
  it: 'salva | aggiorna | applica | modifica | cambia',
  nl: 'opslaan | bijwerken | toepassen | wijzigen | bewerken',
  sv: 'spara | uppdatera | tillämpa | ändra | redigera',
  pl: 'zapisz | zaktualizuj | zastosuj | zmień | edytuj',
  cs: 'uložit | aktualizovat | použít | změnit | upravit',
  ru: 'сохранить | обновить | применить | изменить | редактировать',
  uk: 'зберегти | оновити | застосувати | змінити | редагувати',
  tr: 'kaydet | güncelle | uygula | değiştir | düzenle',
  ja: '保存 | 更新 | 適用 | 変更 | 編集',
  zh: '保存 | 更新 | 应用 | 套用 | 更改 | 修改 | 编辑 | 編輯',
  ko: '저장 | 업데이트 | 적용 | 변경 | 수정 | 편집',
  ar: 'حفظ | تحديث | تطبيق | تغيير | تعديل | تحرير',
  he: 'שמור | עדכן | החל | שנה | ערוך | עריכה',
  hi: 'सहेजें | अपडेट करें | लागू करें | बदलें | संपादित करें',
};

const EDIT: WordList = {
  en: 'edit',
  de: 'bearbeiten | ändern',
  fr: 'modifier | éditer',
  es: 'editar | modificar',
  pt: 'editar | alterar',
  it: 'modifica',
  nl: 'bewerken | wijzigen',
  sv: 'redigera | ändra',
  pl: 'edytuj',
  cs: 'upravit',
  ru: 'редактировать | изменить',
  uk: 'редагувати | змінити',
  tr: 'düzenle',
  ja: '編集',
  zh: '编辑 | 編輯 | 修改',
  ko: '수정 | 편집',
  ar: 'تعديل | تحرير',
  he: 'ערוך | עריכה',
  hi: 'संपादित करें | संपादन',
};

const SEARCH: WordList = {
  en: 'search | find | filter | query | look up | lookup',
  de: 'suche | suchen | suchbegriff | finden | filtern | durchsuchen',
  fr: 'recherche | rechercher | chercher | trouver | filtrer',
  es: 'buscar | busca | búsqueda | encontrar | filtrar',
  pt: 'buscar | busca | pesquisar | pesquisa | procurar | encontrar | filtrar',
  it: 'cerca | ricerca | trova | filtra',
  nl: 'zoek | zoeken | zoekterm | vinden | filteren',
  sv: 'sök | söka | hitta | filtrera',
  pl: 'szukaj | wyszukaj | wyszukiwanie | znajdź | filtruj',
  cs: 'hledat | vyhledat | hledání | najít | filtrovat',
  ru: 'поиск | искать | найти | фильтр | фильтровать',
  uk: 'пошук | шукати | знайти | фільтр | фільтрувати',
  tr: 'ara | arama | bul | filtrele',
  ja: '検索 | 探す | さがす | 絞り込み | 絞り込む',
  zh: '搜索 | 搜尋 | 查找 | 查询 | 查詢 | 筛选 | 篩選',
  ko: '검색 | 찾기 | 필터',
  ar: 'بحث | ابحث | البحث | تصفية',
  he: 'חיפוש | חפש | חפשי | סנן | סינון',
  hi: 'खोज | खोजें | ढूंढें | ढूँढें | फ़िल्टर',
};

const SIGN_IN: WordList = {
  en: 'log in | log-in | sign in | sign-in | login | signin | continue | enter | submit | go',
  de: 'anmelden | anmeldung | einloggen | weiter',
  fr: 'se connecter | connexion | connectez-vous | continuer | entrer',
  es: 'iniciar sesión | entrar | acceder | ingresar | continuar',
  pt: 'entrar | iniciar sessão | fazer login | acessar | aceder | continuar',
  it: 'accedi | entra | login | continua',
  nl: 'inloggen | aanmelden | log in | doorgaan',
  sv: 'logga in | fortsätt',
  pl: 'zaloguj | zaloguj się | logowanie | kontynuuj',
  cs: 'přihlásit | přihlásit se | přihlášení | pokračovat',
  ru: 'войти | вход | продолжить',
  uk: 'увійти | вхід | продовжити',
  tr: 'giriş | giriş yap | oturum aç | devam',
  ja: 'ログイン | サインイン | 続ける',
  zh: '登录 | 登錄 | 登入 | 继续',
  ko: '로그인 | 계속',
  ar: 'تسجيل الدخول | دخول | متابعة',
  he: 'התחבר | התחברות | כניסה | היכנס | המשך',
  hi: 'लॉग इन | लॉगिन | साइन इन | जारी रखें',
};

const REGISTER: WordList = {
  en: 'register | sign up | sign-up | signup | create account | create an account | create your account | join | get started',
  de: 'registrieren | konto erstellen | jetzt registrieren',
  fr: "s'inscrire | inscription | créer un compte",
  es: 'registrarse | regístrate | crear cuenta | crear una cuenta',
  pt: 'cadastrar | cadastre-se | registar-se | criar conta | criar uma conta',
  it: 'registrati | iscriviti | crea account | crea un account',
  nl: 'registreren | account aanmaken',
  sv: 'registrera dig | skapa konto',
  pl: 'zarejestruj | zarejestruj się | załóż konto | rejestracja',
  cs: 'registrovat | registrace | vytvořit účet',
  ru: 'зарегистрироваться | регистрация | создать аккаунт',
  uk: 'зареєструватися | реєстрація | створити акаунт',
  tr: 'kayıt ol | üye ol | hesap oluştur',
  ja: '新規登録 | 会員登録 | アカウント作成 | アカウントを作成',
  zh: '注册 | 註冊 | 创建账号 | 建立帳號',
  ko: '회원가입 | 가입하기 | 계정 만들기',
  ar: 'إنشاء حساب | تسجيل جديد | سجل الآن',
  he: 'הרשמה | הירשם | צור חשבון',
  hi: 'पंजीकरण | साइन अप | खाता बनाएं | खाता बनाएँ',
};

const CALCULATE: WordList = {
  en: 'calculate | compute | convert | submit | run | solve | predict | estimate | go | generate | evaluate | check',
  de: 'berechnen | ausrechnen | umrechnen | lösen',
  fr: 'calculer | convertir | résoudre',
  es: 'calcular | calcula | convertir | resolver',
  pt: 'calcular | converter | resolver',
  it: 'calcola | converti | risolvi',
  nl: 'berekenen | bereken | omrekenen',
  sv: 'beräkna | räkna ut | omvandla',
  pl: 'oblicz | przelicz',
  cs: 'spočítat | vypočítat | převést',
  ru: 'рассчитать | вычислить | посчитать | конвертировать',
  uk: 'розрахувати | обчислити | порахувати',
  tr: 'hesapla | dönüştür',
  ja: '計算 | 変換 | 換算',
  zh: '计算 | 計算 | 换算 | 转换',
  ko: '계산 | 변환',
  ar: 'احسب | حساب النتيجة | تحويل',
  he: 'חשב | חישוב | המר',
  hi: 'गणना | गणना करें | परिकलित करें | बदलें',
};

/** Leads back or away without doing anything. */
const CANCEL: WordList = {
  en: 'cancel | close | back | dismiss | clear | reset | show | hide | forgot | delete | remove | browse | upload',
  de: 'abbrechen | schließen | zurück | verwerfen | leeren | zurücksetzen | anzeigen | ausblenden | vergessen | löschen | entfernen | durchsuchen',
  fr: 'annuler | fermer | retour | effacer | réinitialiser | afficher | masquer | oublié | supprimer | parcourir',
  es: 'cancelar | cerrar | volver | atrás | limpiar | restablecer | mostrar | ocultar | olvidaste | eliminar | borrar | examinar',
  pt: 'cancelar | fechar | voltar | limpar | redefinir | mostrar | ocultar | esqueceu | excluir | apagar | procurar ficheiro',
  it: 'annulla | chiudi | indietro | pulisci | reimposta | mostra | nascondi | dimenticata | elimina | sfoglia',
  nl: 'annuleren | sluiten | terug | wissen | herstellen | tonen | verbergen | vergeten | verwijderen | bladeren',
  sv: 'avbryt | stäng | tillbaka | rensa | återställ | visa | dölj | glömt | ta bort | bläddra',
  pl: 'anuluj | zamknij | wstecz | wyczyść | resetuj | pokaż | ukryj | zapomniałeś | usuń | przeglądaj',
  cs: 'zrušit | zavřít | zpět | vymazat | zobrazit | skrýt | zapomněli | smazat | procházet',
  ru: 'отмена | отменить | закрыть | назад | очистить | сбросить | показать | скрыть | забыли | удалить | обзор',
  uk: 'скасувати | закрити | назад | очистити | скинути | показати | сховати | забули | видалити | огляд',
  tr: 'iptal | vazgeç | kapat | geri | temizle | sıfırla | göster | gizle | unuttum | sil | gözat',
  ja: 'キャンセル | 閉じる | 戻る | クリア | リセット | 表示 | 非表示 | 忘れた | 削除 | 参照',
  zh: '取消 | 关闭 | 關閉 | 返回 | 清空 | 重置 | 显示 | 隐藏 | 忘记 | 删除 | 浏览',
  ko: '취소 | 닫기 | 뒤로 | 초기화 | 보기 | 숨기기 | 잊으셨 | 삭제 | 찾아보기',
  ar: 'إلغاء | إغلاق | رجوع | عودة | مسح | إعادة تعيين | إظهار | إخفاء | نسيت | حذف | تصفح',
  he: 'ביטול | בטל | סגור | חזור | חזרה | נקה | איפוס | הצג | הסתר | שכחת | מחק | עיון',
  hi: 'रद्द करें | बंद करें | वापस | साफ़ करें | रीसेट | दिखाएं | छिपाएं | भूल गए | हटाएं | ब्राउज़',
};

/** Shows a part that is hidden: settings, details, filters, help. */
const REVEAL: WordList = {
  en: 'details | open | view | show | more | filter | settings | preferences | help | about | shortcuts | edit',
  de: 'details | öffnen | ansehen | anzeigen | mehr | filter | einstellungen | hilfe | über | bearbeiten',
  fr: 'détails | ouvrir | voir | afficher | plus | filtres | filtrer | paramètres | réglages | préférences | aide | à propos | modifier',
  es: 'detalles | abrir | ver | mostrar | más | filtros | filtrar | ajustes | configuración | preferencias | ayuda | acerca de | editar',
  pt: 'detalhes | abrir | ver | mostrar | mais | filtros | filtrar | definições | configurações | preferências | ajuda | sobre | editar',
  it: 'dettagli | apri | vedi | mostra | altro | filtri | filtra | impostazioni | preferenze | aiuto | informazioni | modifica',
  nl: 'details | openen | bekijken | tonen | meer | filter | instellingen | voorkeuren | help | over | bewerken',
  sv: 'detaljer | öppna | visa | mer | filter | inställningar | hjälp | om | redigera',
  pl: 'szczegóły | otwórz | zobacz | pokaż | więcej | filtr | filtry | ustawienia | preferencje | pomoc | o aplikacji | edytuj',
  cs: 'podrobnosti | detaily | otevřít | zobrazit | více | filtr | nastavení | nápověda | upravit',
  ru: 'подробнее | детали | открыть | просмотр | показать | ещё | еще | фильтр | настройки | параметры | помощь | о программе | редактировать',
  uk: 'докладніше | деталі | відкрити | переглянути | показати | більше | фільтр | налаштування | допомога | редагувати',
  tr: 'ayrıntılar | detaylar | aç | görüntüle | göster | daha fazla | filtre | ayarlar | tercihler | yardım | hakkında | düzenle',
  ja: '詳細 | 開く | 表示 | もっと見る | もっと | フィルター | 設定 | 環境設定 | ヘルプ | について | 編集',
  zh: '详情 | 詳情 | 打开 | 查看 | 显示 | 更多 | 筛选 | 设置 | 設定 | 偏好 | 帮助 | 关于 | 编辑',
  ko: '상세 | 자세히 | 열기 | 보기 | 더보기 | 필터 | 설정 | 환경설정 | 도움말 | 정보 | 편집',
  ar: 'تفاصيل | فتح | عرض | المزيد | تصفية | إعدادات | الإعدادات | تفضيلات | مساعدة | حول | تعديل',
  he: 'פרטים | פתח | הצג | עוד | סינון | הגדרות | העדפות | עזרה | אודות | ערוך',
  hi: 'विवरण | खोलें | देखें | दिखाएं | और | फ़िल्टर | सेटिंग | सेटिंग्स | प्राथमिकताएं | सहायता | संपादित करें',
};

const THEME: WordList = {
  en: 'theme | appearance | dark | light | color mode | colour mode | color scheme',
  de: 'design | erscheinungsbild | dunkel | dunkles | hell | dunkelmodus | farbschema',
  fr: 'thème | apparence | sombre | clair',
  es: 'tema | apariencia | oscuro | modo oscuro | claro',
  pt: 'tema | aparência | escuro | modo escuro | claro',
  it: 'tema | aspetto | scuro | chiaro',
  nl: 'thema | weergave | donker | licht',
  sv: 'tema | utseende | mörkt | ljust | mörkt läge',
  pl: 'motyw | wygląd | ciemny | jasny | tryb ciemny',
  cs: 'motiv | vzhled | tmavý | světlý',
  ru: 'тема | оформление | тёмная | темная | тёмный | светлая',
  uk: 'тема | оформлення | темна | світла',
  tr: 'tema | görünüm | koyu | karanlık | açık tema',
  ja: 'テーマ | 外観 | ダーク | ライトモード',
  zh: '主题 | 主題 | 外观 | 深色 | 暗色 | 浅色 | 夜间',
  ko: '테마 | 다크 | 라이트 모드 | 어두운',
  ar: 'المظهر | سمة | داكن | الوضع الداكن | فاتح',
  he: 'ערכת נושא | מראה | כהה | מצב כהה | בהיר',
  hi: 'थीम | डार्क | गहरा | लाइट मोड',
};

/** Leads from a first page into the app. */
const ENTER: WordList = {
  en: 'get started | start | start now | start here | enter | launch | launch app | try it | try now | try the demo | open app | open the app | go to app | go to the app | sign in | sign up | log in | register',
  de: 'loslegen | los geht es | jetzt starten | starten | ausprobieren | app öffnen | anmelden | registrieren',
  fr: "commencer | c'est parti | démarrer | essayer | ouvrir l'application | se connecter | s'inscrire",
  es: 'empezar | comenzar | iniciar | probar | abrir la aplicación | iniciar sesión | registrarse',
  pt: 'começar | iniciar | experimentar | abrir aplicativo | entrar | cadastrar',
  it: 'inizia | comincia | prova | apri app | accedi | registrati',
  nl: 'aan de slag | beginnen | starten | proberen | inloggen | registreren',
  sv: 'kom igång | börja | starta | prova | logga in',
  pl: 'rozpocznij | zacznij | start | wypróbuj | zaloguj | zarejestruj',
  cs: 'začít | spustit | vyzkoušet | přihlásit',
  ru: 'начать | приступить | попробовать | открыть приложение | войти | регистрация',
  uk: 'почати | розпочати | спробувати | увійти',
  tr: 'başla | hemen başla | dene | uygulamayı aç | giriş yap | kayıt ol',
  ja: 'はじめる | 始める | スタート | 今すぐ試す | ログイン | 新規登録',
  zh: '开始 | 開始 | 立即开始 | 立即体验 | 试用 | 登录 | 注册',
  ko: '시작하기 | 시작 | 체험하기 | 로그인 | 회원가입',
  ar: 'ابدأ | البدء | جرب الآن | افتح التطبيق | تسجيل الدخول',
  he: 'התחל | בוא נתחיל | נסה עכשיו | פתח את האפליקציה | התחבר',
  hi: 'शुरू करें | आरंभ करें | अभी आज़माएं | लॉग इन',
};

/** Makes something: the label of a button that opens or sends a form for it. */
export const ADDS = new WordMatcher(ADD);
/** The label of a button that hands a form in, whatever it makes. */
export const SUBMITS = new WordMatcher(merged(ADD, SUBMIT));
export const CHANGES = new WordMatcher(CHANGE);
export const EDITS = new WordMatcher(EDIT);
export const SEARCHES = new WordMatcher(SEARCH);
export const SIGNS_IN = new WordMatcher(SIGN_IN);
export const REGISTERS = new WordMatcher(REGISTER);
export const CALCULATES = new WordMatcher(CALCULATE);
export const CANCELS = new WordMatcher(CANCEL);
export const REVEALS = new WordMatcher(REVEAL);
export const THEMES = new WordMatcher(THEME);
export const ENTERS_APP = new WordMatcher(ENTER, { anchored: true });
