import { merged } from './word-list';
import type { WordList } from './word-list';
import { WordMatcher } from './word-matcher';

/** Takes a thing away for good. */
const DELETE: WordList = {
  en: 'delete | deletes | remove | removes | destroy | erase | discard | trash',
  de: 'löschen | lösche | gelöscht | entfernen | entferne | vernichten | verwerfen | papierkorb',
  fr: 'supprimer | supprime | effacer | retirer | enlever | détruire | corbeille | mettre à la corbeille',
  es: 'eliminar | elimina | borrar | borra | quitar | suprimir | descartar | papelera',
  pt: 'excluir | exclui | apagar | eliminar | remover | remove | deletar | descartar | lixeira',
  it: 'elimina* | cancella | cancellare | rimuovi | rimuovere | scarta | cestino | cestina',
  nl: 'verwijder* | wissen | wis | weggooien | prullenbak | vernietig*',
  sv: 'ta bort | tag bort | radera | kasta | släng | papperskorg*',
  pl: 'usuń | usuwanie | usunąć | skasuj | kasuj | odrzuć zmiany | kosz',
  cs: 'smazat | smaž | odstranit | odebrat | vymazat | zahodit | koš',
  ru: 'удалить | удали* | удаление | стереть | убрать | уничтожить | корзина',
  uk: 'видалити | видали* | видалення | стерти | прибрати | знищити',
  tr: 'sil | silin | kaldır | kaldırın | yok et | çöp | at gitsin',
  ja: '削除 | 消去 | 消す | 破棄 | 取り除く | 除去 | ゴミ箱',
  zh: '删除 | 刪除 | 移除 | 删掉 | 抹去 | 丢弃 | 丟棄 | 回收站',
  ko: '삭제 | 제거 | 지우기 | 지우다 | 폐기 | 휴지통',
  ar: 'حذف | احذف | إزالة | أزل | مسح | امسح | إتلاف | تجاهل التغييرات',
  he: 'מחק | מחיקה | למחוק | הסר | הסרה | להסיר | השמד',
  hi: 'हटाएं | हटाएँ | हटाना | मिटाएं | मिटाएँ | मिटाना | डिलीट',
};

/** Empties, sets back, locks out: not one thing, but what was there before. */
const RESET: WordList = {
  en: 'wipe | purge | reset | clear | drop | deactivate | revoke | uninstall | close account | unsubscribe | ban | block',
  de: 'zurücksetzen | leeren | deaktivieren | widerrufen | deinstallieren | konto schließen | abbestellen | kündigen | sperren | blockieren',
  fr: 'réinitialiser | vider | désactiver | révoquer | désinstaller | fermer le compte | se désabonner | résilier | bloquer | bannir',
  es: 'restablecer | reiniciar | vaciar | limpiar | desactivar | revocar | desinstalar | cerrar cuenta | darse de baja | bloquear',
  pt: 'redefinir | repor | limpar | esvaziar | desativar | revogar | desinstalar | encerrar conta | cancelar inscrição | bloquear',
  it: 'reimposta* | ripristina | azzera | svuota | pulisci | disattiva | revoca | disinstalla | chiudi account | annulla iscrizione | blocca',
  nl: 'resetten | herstellen | leegmaken | legen | deactiveren | intrekken | account sluiten | uitschrijven | afmelden voor | blokkeren',
  sv: 'återställ | töm | rensa | inaktivera | återkalla | avinstallera | avsluta konto* | avprenumerera | blockera',
  pl: 'resetuj | zresetuj | wyczyść | opróżnij | dezaktywuj | cofnij dostęp | odinstaluj | zamknij konto | wypisz | zablokuj',
  cs: 'resetovat | obnovit výchozí | vyčistit | vyprázdnit | deaktivovat | odinstalovat | zrušit účet | odhlásit odběr | zablokovat',
  ru: 'сбросить | сброс | очистить | деактивировать | отозвать | закрыть аккаунт | отписаться | заблокировать',
  uk: 'скинути | очистити | деактивувати | відкликати | закрити акаунт | відписатися | заблокувати',
  tr: 'sıfırla | temizle | boşalt | devre dışı bırak | iptal et üyeliği | hesabı kapat | abonelikten çık | engelle',
  ja: 'リセット | クリア | 初期化 | 空にする | 無効化 | 退会 | 解約 | 取り消し | アンインストール | ブロック | 配信停止',
  zh: '重置 | 清空 | 清除 | 停用 | 撤销授权 | 卸载 | 注销 | 註銷 | 退订 | 取消订阅 | 屏蔽 | 拉黑 | 封禁',
  ko: '초기화 | 비우기 | 비활성화 | 탈퇴 | 해지 | 차단 | 구독 취소',
  ar: 'إعادة تعيين | إعادة ضبط | إفراغ | تفريغ | تعطيل | إلغاء الاشتراك | إغلاق الحساب | حظر',
  he: 'איפוס | אפס | נקה | רוקן | השבת | סגירת חשבון | ביטול מנוי | חסום',
  hi: 'रीसेट | साफ़ करें | खाली करें | निष्क्रिय करें | खाता बंद करें | सदस्यता समाप्त | ब्लॉक',
};

const PAY: WordList = {
  en: 'pay | payment | checkout | check out | buy | purchase | order now | place order | subscribe | upgrade | billing | donate',
  de: 'bezahlen | zahlen | jetzt zahlen | zahlung | kaufen | jetzt kaufen | kauf abschließen | zur kasse | kasse | bestellen | zahlungspflichtig bestellen | bestellung abschicken | abonnieren | spenden',
  fr: "payer | paiement | acheter | commander | passer commande | passer la commande | régler | s'abonner | faire un don | mettre à niveau",
  es: 'pagar | paga | pago | comprar | compra ahora | finalizar compra | tramitar pedido | realizar pedido | suscribirse | suscríbete | donar',
  pt: 'pagar | pagamento | comprar | finalizar compra | finalizar pedido | fazer pedido | encomendar | assinar | subscrever | doar',
  it: 'paga | pagare | pagamento | acquista | compra | ordina ora | effettua ordine | cassa | vai alla cassa | abbonati | dona',
  nl: 'betalen | betaal | betaling | kopen | koop nu | koop | afrekenen | bestellen | bestelling plaatsen | abonneren | doneren',
  sv: 'betala | betalning | köp | köpa | till kassan | kassa | beställ | lägg beställning | prenumerera | donera',
  pl: 'zapłać | płatność | płać | kup | kup teraz | zamów | złóż zamówienie | do kasy | subskrybuj | przekaż darowiznę',
  cs: 'zaplatit | platba | koupit | objednat | k pokladně | pokladna | předplatit | přispět',
  ru: 'оплатить | оплата | купить | заказать | оформить заказ | перейти к оплате | подписаться | пожертвовать',
  uk: 'оплатити | оплата | сплатити | купити | замовити | оформити замовлення | підписатися | пожертвувати',
  tr: 'öde | ödeme | ödeme yap | satın al | sipariş ver | siparişi tamamla | kasaya git | abone ol | bağış yap',
  ja: '購入 | 支払 | 決済 | レジに進む | 注文する | 注文を確定 | 注文確定 | 購読する | 定期購読 | 寄付 | 課金',
  zh: '支付 | 付款 | 购买 | 購買 | 结账 | 結帳 | 结算 | 下单 | 下單 | 提交订单 | 充值 | 捐款 | 捐赠 | 订阅 | 訂閱',
  ko: '결제 | 구매 | 구입 | 주문하기 | 주문 확정 | 구독 | 기부 | 충전',
  ar: 'دفع | ادفع | الدفع | شراء | اشتر | اشتري | اطلب الآن | إتمام الطلب | إتمام الشراء | اشتراك | اشترك | تبرع',
  he: 'שלם | לתשלום | תשלום | קנה | קנייה | רכישה | לקופה | הזמן עכשיו | בצע הזמנה | הירשם למנוי | תרום',
  hi: 'भुगतान | भुगतान करें | खरीदें | ख़रीदें | अभी खरीदें | ऑर्डर करें | चेकआउट | सदस्यता लें | दान करें',
};

const SIGN_OUT: WordList = {
  en: 'logout | log out | log off | sign out | sign off | signout',
  de: 'abmelden | ausloggen',
  fr: 'se déconnecter | déconnexion | déconnecter',
  es: 'cerrar sesión | salir de la cuenta | desconectar',
  pt: 'sair | terminar sessão | encerrar sessão | desconectar',
  it: 'esci | disconnetti* | disconnessione',
  nl: 'uitloggen | afmelden',
  sv: 'logga ut',
  pl: 'wyloguj | wyloguj się',
  cs: 'odhlásit | odhlásit se',
  ru: 'выйти | выход',
  uk: 'вийти | вихід',
  tr: 'çıkış | çıkış yap | oturumu kapat',
  ja: 'ログアウト | サインアウト',
  zh: '退出登录 | 退出登錄 | 登出 | 退出账号',
  ko: '로그아웃',
  ar: 'تسجيل الخروج | خروج',
  he: 'התנתק | התנתקות | יציאה',
  hi: 'लॉग आउट | लॉगआउट | साइन आउट',
};

const DOWNLOAD: WordList = {
  en: 'download | export | print | install',
  de: 'herunterladen | exportieren | drucken | installieren',
  fr: 'télécharger | exporter | imprimer | installer',
  es: 'descargar | exportar | imprimir | instalar',
  pt: 'baixar | transferir ficheiro | exportar | imprimir | instalar',
  it: 'scarica | esporta | stampa | installa',
  nl: 'downloaden | exporteren | afdrukken | installeren',
  sv: 'ladda ner | ladda ned | exportera | skriv ut | installera',
  pl: 'pobierz | eksportuj | drukuj | zainstaluj',
  cs: 'stáhnout | exportovat | tisk | vytisknout | nainstalovat',
  ru: 'скачать | загрузить файл | экспорт | экспортировать | печать | распечатать | установить',
  uk: 'завантажити файл | експорт | експортувати | друк | надрукувати | встановити',
  tr: 'indir | dışa aktar | yazdır | yükle uygulamayı',
  ja: 'ダウンロード | エクスポート | 印刷 | インストール',
  zh: '下载 | 下載 | 导出 | 匯出 | 打印 | 列印 | 安装',
  ko: '다운로드 | 내보내기 | 인쇄 | 설치',
  ar: 'تنزيل | تحميل الملف | تصدير | طباعة | تثبيت',
  he: 'הורד | הורדה | ייצוא | הדפס | התקן',
  hi: 'डाउनलोड | निर्यात | प्रिंट | इंस्टॉल',
};

const SEND: WordList = {
  en: 'invite | send email | send e-mail | send message | send invitation | send invite | contact us | newsletter | share | tweet',
  de: 'einladen | einladung senden | e-mail senden | nachricht senden | kontaktieren | newsletter | teilen',
  fr: "inviter | envoyer un e-mail | envoyer le message | envoyer l'invitation | nous contacter | infolettre | partager",
  es: 'invitar | enviar correo | enviar mensaje | enviar invitación | contáctanos | boletín | compartir',
  pt: 'convidar | enviar e-mail | enviar mensagem | enviar convite | fale conosco | contacte-nos | partilhar | compartilhar',
  it: 'invita | invia e-mail | invia messaggio | invia invito | contattaci | condividi',
  nl: 'uitnodigen | e-mail versturen | bericht versturen | uitnodiging versturen | nieuwsbrief | delen',
  sv: 'bjud in | skicka e-post | skicka meddelande | kontakta oss | nyhetsbrev | dela',
  pl: 'zaproś | wyślij e-mail | wyślij wiadomość | wyślij zaproszenie | udostępnij',
  cs: 'pozvat | odeslat e-mail | odeslat zprávu | sdílet',
  ru: 'пригласить | отправить письмо | отправить сообщение | отправить приглашение | рассылка | поделиться',
  uk: 'запросити | надіслати лист | надіслати повідомлення | розсилка | поділитися',
  tr: 'davet et | e-posta gönder | mesaj gönder | bülten | paylaş',
  ja: '招待 | メールを送信 | メッセージを送信 | お問い合わせ | メルマガ | 共有 | シェア',
  zh: '邀请 | 邀請 | 发送邮件 | 发送消息 | 联系我们 | 分享',
  ko: '초대 | 이메일 보내기 | 메시지 보내기 | 문의하기 | 뉴스레터 | 공유',
  ar: 'دعوة | أرسل بريد | إرسال رسالة | اتصل بنا | النشرة | مشاركة | شارك',
  he: 'הזמן חבר | שלח אימייל | שלח הודעה | צור קשר | ניוזלטר | שתף',
  hi: 'आमंत्रित करें | ईमेल भेजें | संदेश भेजें | संपर्क करें | साझा करें | शेयर',
};

/** Deletes, whatever else it does. */
export const DELETES = new WordMatcher(DELETE);
/** Deletes, empties, resets, locks out. */
export const DESTROYS = new WordMatcher(merged(DELETE, RESET));
export const PAYS = new WordMatcher(PAY);
export const SIGNS_OUT = new WordMatcher(SIGN_OUT);
export const DOWNLOADS = new WordMatcher(DOWNLOAD);
export const SENDS = new WordMatcher(SEND);
