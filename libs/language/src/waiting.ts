import type { WordList } from './word-list';
import { WordMatcher } from './word-matcher';

/** Says that the page is not there yet. */
const LOADING: WordList = {
  en: 'loading | please wait | starting | initializing | initialising | compiling | connecting | one moment',
  de: 'wird geladen | lädt | laden | lade | bitte warten | einen moment | verbinde | wird gestartet',
  fr: 'chargement | veuillez patienter | connexion en cours | un instant',
  es: 'cargando | espere | por favor espere | conectando | un momento',
  pt: 'carregando | a carregar | aguarde | por favor aguarde | conectando',
  it: 'caricamento | attendere | attendi | connessione in corso',
  nl: 'laden | bezig met laden | even geduld | verbinden',
  sv: 'laddar | läser in | vänta | ansluter',
  pl: 'ładowanie | wczytywanie | proszę czekać | łączenie',
  cs: 'načítání | načítám | čekejte prosím',
  ru: 'загрузка | загружается | подождите | подключение | пожалуйста, подождите',
  uk: 'завантаження | завантажується | зачекайте',
  tr: 'yükleniyor | lütfen bekleyin | bağlanıyor',
  ja: '読み込み中 | ロード中 | お待ちください | 接続中',
  zh: '加载中 | 正在加载 | 載入中 | 请稍候 | 請稍候 | 连接中',
  ko: '로딩 중 | 불러오는 중 | 잠시만 기다려 | 연결 중',
  ar: 'جار التحميل | جاري التحميل | يرجى الانتظار | جار الاتصال',
  he: 'טוען | בטעינה | אנא המתן | מתחבר',
  hi: 'लोड हो रहा है | कृपया प्रतीक्षा करें',
};

export const SAYS_LOADING = new WordMatcher(LOADING, { anchored: true });
