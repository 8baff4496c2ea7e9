import type { WordList } from './word-list';
import { WordMatcher } from './word-matcher';

/** What a banner about cookies, consent or privacy speaks of. */
const CONSENT: WordList = {
  en: 'cookie | cookies | consent | gdpr | ccpa | privacy preferences | your privacy | personal data | tracking',
  de: 'cookie | cookies | einwilligung | datenschutz | dsgvo | privatsphäre | personenbezogen*',
  fr: 'cookie | cookies | consentement | vie privée | rgpd | données personnelles | traceurs',
  es: 'cookie | cookies | consentimiento | privacidad | rgpd | datos personales',
  pt: 'cookie | cookies | consentimento | privacidade | lgpd | rgpd | dados pessoais',
  it: 'cookie | cookies | consenso | privacy | dati personali',
  nl: 'cookie | cookies | toestemming | privacy | avg | persoonsgegevens',
  sv: 'cookie | cookies | kakor | samtycke | integritet | personuppgifter',
  pl: 'cookie | cookies | ciasteczka | ciasteczek | zgoda | prywatności | rodo | dane osobowe',
  cs: 'cookie | cookies | souhlas | soukromí | osobní údaje',
  ru: 'cookie | cookies | куки | файлы cookie | согласие | конфиденциальност* | персональны*',
  uk: 'cookie | cookies | файли cookie | згода | конфіденційн* | персональн*',
  tr: 'çerez | çerezler | çerezleri | cookie | gizlilik | kvkk | kişisel veri*',
  ja: 'クッキー | Cookie | プライバシー | 個人情報 | 同意',
  zh: 'Cookie | 隐私 | 隱私 | 个人信息 | 同意',
  ko: '쿠키 | 개인정보 | 동의',
  ar: 'ملفات تعريف الارتباط | الكوكيز | كوكيز | الخصوصية | موافقة',
  he: 'עוגיות | קוקיז | פרטיות | הסכמה',
  hi: 'कुकी | कुकीज़ | गोपनीयता | सहमति',
};

/** Says no, or no more than must be. */
const DECLINE: WordList = {
  en: 'decline | decline all | reject | reject all | refuse | deny | deny all | disagree | do not accept | do not allow | only necessary | necessary only | only what is needed | only essential | essential only | necessary cookies only | essential cookies only | use necessary cookies only | accept necessary | accept only necessary | accept essential | strictly necessary | only required | required only | continue without accepting | without consent | opt out | no cookies | no thanks, no cookies | do not sell',
  de: 'ablehnen | alle ablehnen | ablehnen und schließen | nur notwendige | nur notwendige cookies | nur erforderliche | nur essenzielle | nur essentielle | nur technisch notwendige | notwendige akzeptieren | nur das nötigste | verweigern | nicht zustimmen | nicht einverstanden | ohne zustimmung | ohne einwilligung fortfahren',
  fr: 'refuser | tout refuser | je refuse | rejeter | tout rejeter | continuer sans accepter | uniquement nécessaires | cookies nécessaires uniquement | seulement les nécessaires | uniquement les essentiels | nécessaires seulement',
  es: 'rechazar | rechazar todo | rechazar todas | rechazarlas todas | denegar | no acepto | no aceptar | solo necesarias | sólo necesarias | solo las necesarias | solo esenciales | continuar sin aceptar',
  pt: 'rejeitar | rejeitar tudo | rejeitar todos | recusar | recusar tudo | negar | não aceito | apenas necessários | somente necessários | só os necessários | apenas essenciais | continuar sem aceitar',
  it: 'rifiuta | rifiuta tutto | rifiuta tutti | rifiutare | nega | non accetto | solo necessari | solo i necessari | solo essenziali | continua senza accettare',
  nl: 'weigeren | alles weigeren | alle weigeren | afwijzen | alles afwijzen | niet akkoord | alleen noodzakelijke | alleen noodzakelijk | alleen functionele | alleen essentiële | doorgaan zonder te accepteren',
  sv: 'avvisa | avvisa alla | neka | neka alla | avböj | godkänn inte | endast nödvändiga | bara nödvändiga',
  pl: 'odrzuć | odrzuć wszystkie | odrzuć wszystko | odmów | nie zgadzam się | nie akceptuję | tylko niezbędne | tylko konieczne | kontynuuj bez akceptacji',
  cs: 'odmítnout | odmítnout vše | nesouhlasím | zamítnout | pouze nezbytné | jen nezbytné | pokračovat bez souhlasu',
  ru: 'отклонить | отклонить все | отклонить всё | отказаться | не принимать | не согласен | только необходимые | только обязательные',
  uk: 'відхилити | відхилити все | відхилити всі | відмовитися | не приймати | не згоден | лише необхідні | тільки необхідні',
  tr: 'reddet | tümünü reddet | hepsini reddet | kabul etmiyorum | yalnızca gerekli | sadece gerekli | yalnızca zorunlu | sadece zorunlu',
  ja: '拒否 | すべて拒否 | 同意しない | 必要なもののみ | 必須のみ | 必要最小限 | 必要なクッキーのみ',
  zh: '拒绝 | 全部拒绝 | 拒絕 | 全部拒絕 | 不同意 | 不接受 | 仅必要 | 只接受必要 | 仅限必要 | 僅必要 | 仅允许必要',
  ko: '거부 | 모두 거부 | 거절 | 동의하지 않음 | 동의 안 함 | 필수만 | 필수 쿠키만',
  ar: 'رفض | ارفض | رفض الكل | رفض الجميع | لا أوافق | عدم الموافقة | الضرورية فقط | الضروري فقط | الأساسية فقط',
  he: 'דחה | דחה הכל | דחייה | סרב | אני לא מסכים | לא מסכים | רק הכרחיות | הכרחיות בלבד | חיוניות בלבד',
  hi: 'अस्वीकार | अस्वीकार करें | सभी अस्वीकार करें | असहमत | केवल आवश्यक | केवल ज़रूरी | केवल जरूरी',
};

/** Leaves something for another time, or out. */
const SKIP: WordList = {
  en: 'skip | skip tour | skip the tour | skip intro | skip for now | not now | maybe later | later | remind me later | no thanks | no, thanks | no thank you | not interested | no | never mind | dismiss | end tour | exit tour | cancel | not today | do not show again | do not show this again | hide',
  de: 'überspringen | tour überspringen | später | vielleicht später | jetzt nicht | nicht jetzt | nein danke | nein, danke | nein | kein interesse | abbrechen | tour beenden | nicht mehr anzeigen | ausblenden | verwerfen',
  fr: 'passer | passer la visite | ignorer | plus tard | peut-être plus tard | pas maintenant | non merci | non, merci | non | pas intéressé | annuler | ne plus afficher | masquer',
  es: 'omitir | saltar | saltar tour | omitir recorrido | más tarde | quizás más tarde | tal vez más tarde | ahora no | no gracias | no, gracias | no | no me interesa | cancelar | no volver a mostrar | ocultar',
  pt: 'pular | ignorar | saltar | mais tarde | talvez mais tarde | agora não | não, obrigado | não obrigado | não, obrigada | não | cancelar | não mostrar novamente | dispensar | ocultar',
  it: 'salta | salta il tour | ignora | più tardi | forse più tardi | magari più tardi | non ora | no grazie | no, grazie | no | annulla | non mostrare più | nascondi',
  nl: 'overslaan | rondleiding overslaan | later | misschien later | niet nu | nu niet | nee bedankt | nee, bedankt | nee | annuleren | niet meer tonen | verbergen',
  sv: 'hoppa över | senare | kanske senare | inte nu | nej tack | nej, tack | nej | avbryt | visa inte igen | dölj',
  pl: 'pomiń | pomiń wprowadzenie | później | może później | nie teraz | nie, dziękuję | nie dziękuję | nie | anuluj | nie pokazuj więcej | ukryj',
  cs: 'přeskočit | později | možná později | teď ne | nyní ne | ne děkuji | ne, děkuji | ne | zrušit | již nezobrazovat | skrýt',
  ru: 'пропустить | позже | может быть позже | не сейчас | нет спасибо | нет, спасибо | нет | отмена | больше не показывать | скрыть',
  uk: 'пропустити | пізніше | можливо пізніше | не зараз | ні дякую | ні, дякую | ні | скасувати | більше не показувати | сховати',
  tr: 'atla | geç | turu atla | sonra | daha sonra | belki daha sonra | şimdi değil | hayır teşekkürler | hayır, teşekkürler | hayır | iptal | vazgeç | bir daha gösterme | gizle',
  ja: 'スキップ | 後で | あとで | また今度 | 今はしない | いいえ | 結構です | キャンセル | 今後表示しない | 非表示',
  zh: '跳过 | 跳過 | 稍后 | 稍後 | 以后再说 | 以後再說 | 暂不 | 暫不 | 现在不要 | 不用了 | 不，谢谢 | 不，謝謝 | 取消 | 不再显示 | 下次再说',
  ko: '건너뛰기 | 나중에 | 다음에 | 지금은 안 | 아니요 | 아니오 | 괜찮습니다 | 취소 | 다시 보지 않기 | 숨기기',
  ar: 'تخطي | تخط | لاحقا | لاحقًا | ربما لاحقا | ربما لاحقًا | ليس الآن | لا شكرا | لا شكرًا | لا، شكرا | لا، شكرًا | لا | إلغاء | عدم الإظهار مجددا | إخفاء',
  he: 'דלג | דילוג | דלג על הסיור | אחר כך | מאוחר יותר | אולי מאוחר יותר | לא עכשיו | לא תודה | לא, תודה | לא | ביטול | אל תציג שוב | הסתר',
  hi: 'छोड़ें | बाद में | शायद बाद में | अभी नहीं | नहीं धन्यवाद | नहीं, धन्यवाद | नहीं | रद्द करें | फिर न दिखाएं | छिपाएं',
};

const CLOSE: WordList = {
  en: 'close | close dialog | close banner | close modal | close popup | dismiss',
  de: 'schließen | dialog schließen | zumachen',
  fr: 'fermer',
  es: 'cerrar',
  pt: 'fechar',
  it: 'chiudi',
  nl: 'sluiten | sluit',
  sv: 'stäng',
  pl: 'zamknij',
  cs: 'zavřít',
  ru: 'закрыть',
  uk: 'закрити',
  tr: 'kapat',
  ja: '閉じる',
  zh: '关闭 | 關閉',
  ko: '닫기',
  ar: 'إغلاق | أغلق',
  he: 'סגור | סגירה',
  hi: 'बंद करें',
};

/** Keeps the choice that is made already, mostly the smallest one. */
const KEEP_CHOICE: WordList = {
  en: 'save preferences | save settings | save choices | save my choices | save and close | save & close | save selection | confirm choices | confirm my choices | confirm selection | allow selection | accept selection | accept selected | save and exit | save & exit',
  de: 'auswahl speichern | auswahl bestätigen | auswahl erlauben | auswahl akzeptieren | einstellungen speichern | speichern und schließen',
  fr: 'enregistrer mes choix | enregistrer les préférences | confirmer mes choix | valider mes choix | confirmer la sélection',
  es: 'guardar preferencias | guardar selección | guardar configuración | confirmar selección | confirmar mis preferencias | permitir la selección',
  pt: 'salvar preferências | guardar preferências | confirmar escolhas | confirmar as minhas escolhas | permitir seleção | salvar seleção',
  it: 'salva preferenze | salva le preferenze | conferma le mie scelte | conferma selezione | accetta selezionati | consenti selezione',
  nl: 'voorkeuren opslaan | keuzes opslaan | selectie opslaan | selectie toestaan | mijn keuzes bevestigen',
  sv: 'spara inställningar | spara val | bekräfta mina val | tillåt urval',
  pl: 'zapisz ustawienia | zapisz wybór | zapisz preferencje | potwierdź wybór | potwierdź moje wybory | zezwól na wybór',
  cs: 'uložit nastavení | uložit výběr | potvrdit výběr | potvrdit moje volby | povolit výběr',
  ru: 'сохранить настройки | сохранить выбор | подтвердить выбор | разрешить выбранные',
  uk: 'зберегти налаштування | зберегти вибір | підтвердити вибір',
  tr: 'tercihleri kaydet | seçimi kaydet | seçimlerimi onayla | seçime izin ver',
  ja: '設定を保存 | 選択を保存 | 選択を確定 | 選択したものを許可',
  zh: '保存设置 | 保存偏好 | 确认选择 | 保存选择 | 允许所选',
  ko: '설정 저장 | 선택 저장 | 선택 확인 | 선택 허용',
  ar: 'حفظ التفضيلات | حفظ الاختيارات | تأكيد اختياراتي | تأكيد الاختيار | السماح بالتحديد',
  he: 'שמור העדפות | שמור בחירה | אשר את הבחירות שלי | אישור הבחירה',
  hi: 'प्राथमिकताएं सहेजें | चयन सहेजें | मेरी पसंद की पुष्टि करें',
};

/** Opens the choice. */
const MANAGE: WordList = {
  en: 'manage | manage preferences | manage cookies | manage options | manage settings | cookie settings | cookie preferences | settings | preferences | customize | customise | options | more options | choose | let me choose | privacy settings',
  de: 'einstellungen | cookie-einstellungen | anpassen | verwalten | individuell | auswählen | mehr optionen | präferenzen | einstellungen verwalten',
  fr: 'paramétrer | paramètres | personnaliser | gérer | gérer les cookies | préférences | choisir | configurer',
  es: 'configurar | configuración | ajustes | personalizar | gestionar | preferencias | opciones | gestionar cookies',
  pt: 'configurar | configurações | definições | personalizar | gerir | gerenciar | preferências | opções',
  it: 'personalizza | impostazioni | preferenze | gestisci | configura | opzioni',
  nl: 'instellingen | aanpassen | beheren | voorkeuren | opties | zelf instellen',
  sv: 'inställningar | anpassa | hantera | alternativ',
  pl: 'ustawienia | dostosuj | zarządzaj | preferencje | opcje',
  cs: 'nastavení | přizpůsobit | spravovat | upravit | možnosti | podrobné nastavení',
  ru: 'настройки | настроить | управление | параметры',
  uk: 'налаштування | налаштувати | керувати | параметри',
  tr: 'ayarlar | özelleştir | yönet | tercihler | seçenekler',
  ja: '設定 | カスタマイズ | 管理 | 詳細設定 | オプション',
  zh: '设置 | 設定 | 自定义 | 自訂 | 管理 | 偏好 | 选项',
  ko: '설정 | 맞춤 설정 | 관리 | 옵션',
  ar: 'إعدادات | الإعدادات | تخصيص | إدارة | التفضيلات | خيارات',
  he: 'הגדרות | התאמה אישית | נהל | ניהול | העדפות | אפשרויות',
  hi: 'सेटिंग | सेटिंग्स | अनुकूलित करें | प्रबंधित करें | प्राथमिकताएं | विकल्प',
};

/** Takes note, and agrees to nothing but having seen it. */
const ACKNOWLEDGE: WordList = {
  en: 'ok | okay | got it | i understand | understood | done | finish | finished | continue | let us go | start | start exploring | get started | thanks | alright | i am over 18 | i am 18 or older | yes, i am 18 | enter site | enter',
  de: 'ok | okay | verstanden | alles klar | fertig | weiter | los geht es | zur kenntnis genommen | ich bin über 18 | ich bin 18 oder älter',
  fr: "ok | d'accord | compris | j'ai compris | terminer | terminé | continuer | c'est parti | j'ai plus de 18 ans",
  es: 'ok | vale | entendido | de acuerdo | listo | finalizar | continuar | empezar | soy mayor de 18',
  pt: 'ok | entendi | entendido | certo | concluir | continuar | começar | tenho mais de 18',
  it: 'ok | ho capito | capito | va bene | fine | fatto | continua | inizia | sono maggiorenne',
  nl: 'ok | oké | begrepen | ik begrijp het | klaar | doorgaan | verder | starten | ik ben 18 of ouder',
  sv: 'ok | okej | jag förstår | uppfattat | klar | klart | fortsätt | börja | jag är över 18',
  pl: 'ok | rozumiem | zrozumiałem | gotowe | zakończ | kontynuuj | zaczynamy | mam ukończone 18',
  cs: 'ok | rozumím | chápu | hotovo | dokončit | pokračovat | začít | je mi více než 18',
  ru: 'ок | ok | хорошо | понятно | понял | ясно | готово | завершить | продолжить | начать | мне есть 18',
  uk: 'ок | ok | добре | зрозуміло | готово | завершити | продовжити | почати | мені є 18',
  tr: 'tamam | anladım | bitir | bitti | devam | başla | 18 yaşından büyüğüm',
  ja: 'OK | 了解 | わかりました | 分かりました | 完了 | 続ける | はじめる | 始める | 18歳以上',
  zh: '好的 | 好 | 知道了 | 我知道了 | 明白了 | 了解 | 完成 | 继续 | 开始 | 确定 | 我已满18',
  ko: '확인 | 알겠습니다 | 완료 | 계속 | 시작하기 | 18세 이상',
  ar: 'حسنا | حسنًا | فهمت | موافق | تم | إنهاء | متابعة | ابدأ | عمري أكثر من 18',
  he: 'אישור | הבנתי | בסדר | סיום | המשך | התחל | אני מעל גיל 18',
  hi: 'ठीक है | समझ गया | समझ गए | हो गया | जारी रखें | शुरू करें | मेरी आयु 18',
};

/** Agrees to everything: only where there is no other way out. */
const ACCEPT: WordList = {
  en: 'accept | accept all | accept cookies | accept all cookies | agree | i agree | i accept | allow | allow all | allow all cookies | enable all | yes | consent | agree and close | accept and continue',
  de: 'akzeptieren | alle akzeptieren | allen zustimmen | annehmen | alle annehmen | zustimmen | einverstanden | ich stimme zu | erlauben | alle erlauben | zulassen | alle zulassen | ja',
  fr: "accepter | tout accepter | j'accepte | accepter et fermer | autoriser | tout autoriser | oui",
  es: 'aceptar | aceptar todo | aceptar todas | acepto | permitir | permitir todas | estoy de acuerdo | sí',
  pt: 'aceitar | aceitar tudo | aceitar todos | aceito | permitir | permitir todos | concordo | sim',
  it: 'accetta | accetta tutto | accetta tutti | accetto | consenti | consenti tutti | acconsento | sì',
  nl: 'accepteren | alles accepteren | alle accepteren | akkoord | toestaan | alles toestaan | ja',
  sv: 'acceptera | acceptera alla | godkänn | godkänn alla | tillåt | tillåt alla | jag godkänner | ja',
  pl: 'akceptuj | akceptuję | zaakceptuj | zaakceptuj wszystkie | zgadzam się | zezwól | zezwól na wszystkie | przejdź do serwisu | tak',
  cs: 'přijmout | přijmout vše | souhlasím | souhlasit | povolit | povolit vše | ano',
  ru: 'принять | принять все | принять всё | согласен | соглашаюсь | разрешить | разрешить все | да',
  uk: 'прийняти | прийняти все | прийняти всі | згоден | погоджуюся | дозволити | дозволити все | так',
  tr: 'kabul et | tümünü kabul et | hepsini kabul et | kabul ediyorum | izin ver | tümüne izin ver | evet',
  ja: '同意する | すべて同意 | 同意して続ける | 許可 | すべて許可 | 受け入れる | すべて受け入れる | はい',
  zh: '接受 | 全部接受 | 接受所有 | 同意 | 我同意 | 允许 | 全部允许 | 是',
  ko: '동의 | 모두 동의 | 수락 | 모두 수락 | 허용 | 모두 허용 | 예',
  ar: 'قبول | قبول الكل | قبول الجميع | أوافق | موافق على الكل | السماح | السماح للكل | نعم',
  he: 'קבל | קבל הכל | אני מסכים | מסכים | אפשר | אפשר הכל | כן',
  hi: 'स्वीकार | स्वीकार करें | सभी स्वीकार करें | सहमत | मैं सहमत हूँ | अनुमति दें | सभी की अनुमति दें | हाँ',
};

/** Goes on to the next part of a tour. */
const NEXT: WordList = {
  en: 'next | next step',
  de: 'weiter | nächster schritt',
  fr: 'suivant',
  es: 'siguiente',
  pt: 'próximo | seguinte',
  it: 'avanti | successivo',
  nl: 'volgende',
  sv: 'nästa',
  pl: 'dalej | następny',
  cs: 'další',
  ru: 'далее | дальше | следующий',
  uk: 'далі | наступний',
  tr: 'ileri | sonraki',
  ja: '次へ',
  zh: '下一步',
  ko: '다음',
  ar: 'التالي',
  he: 'הבא',
  hi: 'आगे | अगला',
};

/** What tours, offers and newsletters speak of, that lie over a page nobody has touched. */
const INTRUSION: WordList = {
  en: 'tour | tutorial | walkthrough | onboarding | welcome | what is new | newsletter | subscribe | mailing list | discount | special offer | notifications | notification | stay in the loop | stay up to date | survey | feedback | rate us | our app | install our app | sale | sign up for',
  de: 'tour | rundgang | einführung | willkommen | neuigkeiten | newsletter | abonnieren | rabatt | angebot | benachrichtigungen | umfrage',
  fr: 'visite guidée | tutoriel | bienvenue | nouveautés | newsletter | infolettre | abonnez-vous | réduction | offre | notifications | sondage',
  es: 'recorrido | tutorial | bienvenido | bienvenida | bienvenidos | novedades | newsletter | boletín | suscríbete | descuento | oferta | notificaciones | encuesta',
  pt: 'tour | tutorial | bem-vindo | bem-vinda | bem-vindos | novidades | newsletter | inscreva-se | desconto | oferta | notificações | pesquisa de satisfação',
  it: 'tour | tutorial | benvenuto | benvenuta | benvenuti | novità | newsletter | iscriviti | sconto | offerta | notifiche | sondaggio',
  nl: 'rondleiding | welkom | nieuwsbrief | korting | aanbieding | meldingen | enquête',
  sv: 'rundtur | välkommen | nyhetsbrev | rabatt | erbjudande | aviseringar | enkät',
  pl: 'przewodnik | samouczek | witaj | witamy | newsletter | zniżka | rabat | oferta | powiadomienia | ankieta',
  cs: 'prohlídka | průvodce | vítejte | newsletter | sleva | nabídka | oznámení | průzkum',
  ru: 'тур | обучение | добро пожаловать | рассылка | подписка | скидка | предложение | уведомления | опрос',
  uk: 'тур | навчання | ласкаво просимо | розсилка | підписка | знижка | пропозиція | сповіщення | опитування',
  tr: 'tur | tanıtım | hoş geldiniz | hoş geldin | bülten | abone | indirim | fırsat | bildirim* | anket',
  ja: 'ツアー | チュートリアル | ようこそ | お知らせ | メルマガ | ニュースレター | 割引 | キャンペーン | 通知 | アンケート',
  zh: '导览 | 導覽 | 教程 | 新手引导 | 欢迎 | 歡迎 | 邮件订阅 | 优惠 | 折扣 | 通知 | 问卷',
  ko: '둘러보기 | 튜토리얼 | 환영합니다 | 뉴스레터 | 할인 | 이벤트 | 알림 | 설문',
  ar: 'جولة | مرحبا | مرحبًا | أهلا | النشرة البريدية | خصم | عرض خاص | الإشعارات | إشعارات | استبيان',
  he: 'סיור | ברוך הבא | ברוכים הבאים | ניוזלטר | הנחה | מבצע | התראות | סקר',
  hi: 'टूर | स्वागत | न्यूज़लेटर | छूट | ऑफ़र | सूचनाएं | सर्वेक्षण',
};

export const SPEAKS_OF_CONSENT = new WordMatcher(CONSENT);
export const INTRUDES = new WordMatcher(INTRUSION);
export const DECLINES = new WordMatcher(DECLINE);
export const SKIPS = new WordMatcher(SKIP);
export const CLOSES = new WordMatcher(CLOSE);
export const KEEPS_CHOICE = new WordMatcher(KEEP_CHOICE);
export const MANAGES = new WordMatcher(MANAGE);
export const ACKNOWLEDGES = new WordMatcher(ACKNOWLEDGE);
export const ACCEPTS = new WordMatcher(ACCEPT);
export const GOES_ON = new WordMatcher(NEXT);
