import type { Language } from './word-list';

/** Things that somebody may make in an app: short texts that a person could have meant. */
export interface Samples {
  /** What is to be done: tasks, cards, reminders. */
  tasks: readonly string[];
  /** What is said to others: messages, comments. */
  messages: readonly string[];
  /** Everything else that has a title. */
  titles: readonly string[];
  /** A sentence or two for a large field. */
  long: string;
  person: string;
  first: string;
  last: string;
  city: string;
  country: string;
  street: string;
}

/** The samples of languages other than English, whose planner has richer ones of its own. */
export const SAMPLES: Record<Exclude<Language, 'en'>, Samples> = {
  de: {
    tasks: ['Den Start vorbereiten', 'Die Druckerei anrufen', 'Den Saal buchen'],
    messages: ['Ein wunderbarer Ort', 'Viele Grüße aus Lissabon'],
    titles: ['Notizen vom Hafen', 'Ein Morgen am Meer', 'Frische Ideen'],
    long: 'Eine kurze Notiz, geschrieben während der Aufnahme.',
    ...{ person: 'Maya Lindner', first: 'Maya', last: 'Lindner' },
    ...{ city: 'Hamburg', country: 'Deutschland', street: 'Hafenstraße 12' },
  },
  fr: {
    tasks: ['Préparer le lancement', "Appeler l'imprimeur", 'Réserver la salle'],
    messages: ['Quel bel endroit', 'Bonjour de Lisbonne'],
    titles: ['Carnet du port', 'Un matin à la mer', 'Idées fraîches'],
    long: 'Une courte note, écrite pendant le tournage.',
    ...{ person: 'Maya Laurent', first: 'Maya', last: 'Laurent' },
    ...{ city: 'Nantes', country: 'France', street: '12 rue du Port' },
  },
  es: {
    tasks: ['Preparar el lanzamiento', 'Llamar a la imprenta', 'Reservar la sala'],
    messages: ['Qué lugar tan bonito', 'Saludos desde Lisboa'],
    titles: ['Notas del puerto', 'Una mañana en el mar', 'Ideas frescas'],
    long: 'Una nota breve, escrita durante la grabación.',
    ...{ person: 'Maya Linares', first: 'Maya', last: 'Linares' },
    ...{ city: 'Valencia', country: 'España', street: 'Calle del Puerto 12' },
  },
  pt: {
    tasks: ['Preparar o lançamento', 'Ligar para a gráfica', 'Reservar a sala'],
    messages: ['Que lugar bonito', 'Saudações de Lisboa'],
    titles: ['Notas do porto', 'Uma manhã no mar', 'Ideias frescas'],
    long: 'Uma nota breve, escrita durante a gravação.',
    ...{ person: 'Maya Lima', first: 'Maya', last: 'Lima' },
    ...{ city: 'Lisboa', country: 'Portugal', street: 'Rua do Porto 12' },
  },
  it: {
    tasks: ['Preparare il lancio', 'Chiamare la tipografia', 'Prenotare la sala'],
    messages: ['Che bel posto', 'Saluti da Lisbona'],
    titles: ['Appunti dal porto', 'Una mattina al mare', 'Idee fresche'],
    long: 'Una breve nota, scritta durante le riprese.',
    ...{ person: 'Maya Lombardi', first: 'Maya', last: 'Lombardi' },
    ...{ city: 'Genova', country: 'Italia', street: 'Via del Porto 12' },
  },
  nl: {
    tasks: ['De lancering voorbereiden', 'De drukker bellen', 'De zaal boeken'],
    messages: ['Wat een mooie plek', 'Groeten uit Lissabon'],
    titles: ['Notities uit de haven', 'Een ochtend aan zee', 'Frisse ideeën'],
    long: 'Een korte notitie, geschreven tijdens de opname.',
    ...{ person: 'Maya Lindeman', first: 'Maya', last: 'Lindeman' },
    ...{ city: 'Rotterdam', country: 'Nederland', street: 'Havenstraat 12' },
  },
  sv: {
    tasks: ['Förbereda lanseringen', 'Ringa tryckeriet', 'Boka lokalen'],
    messages: ['Vilken fin plats', 'Hälsningar från Lissabon'],
    titles: ['Anteckningar från hamnen', 'En morgon vid havet', 'Nya tankar'],
    long: 'En kort anteckning, skriven under inspelningen.',
    ...{ person: 'Maya Lindqvist', first: 'Maya', last: 'Lindqvist' },
    ...{ city: 'Göteborg', country: 'Sverige', street: 'Hamngatan 12' },
  },
  pl: {
    tasks: ['Przygotować premierę', 'Zadzwonić do drukarni', 'Zarezerwować salę'],
    messages: ['Jakie piękne miejsce', 'Pozdrowienia z Lizbony'],
    titles: ['Notatki z portu', 'Poranek nad morzem', 'Świeże pomysły'],
    long: 'Krótka notatka, napisana podczas nagrania.',
    ...{ person: 'Maja Lipska', first: 'Maja', last: 'Lipska' },
    ...{ city: 'Gdańsk', country: 'Polska', street: 'Portowa 12' },
  },
  cs: {
    tasks: ['Připravit spuštění', 'Zavolat do tiskárny', 'Rezervovat sál'],
    messages: ['Jaké krásné místo', 'Pozdravy z Lisabonu'],
    titles: ['Poznámky z přístavu', 'Ráno u moře', 'Svěží nápady'],
    long: 'Krátká poznámka, napsaná při natáčení.',
    ...{ person: 'Maja Lindová', first: 'Maja', last: 'Lindová' },
    ...{ city: 'Brno', country: 'Česko', street: 'Přístavní 12' },
  },
  ru: {
    tasks: ['Подготовить запуск', 'Позвонить в типографию', 'Забронировать зал'],
    messages: ['Какое чудесное место', 'Привет из Лиссабона'],
    titles: ['Заметки из гавани', 'Утро у моря', 'Свежие идеи'],
    long: 'Короткая заметка, написанная во время съёмки.',
    ...{ person: 'Майя Линдова', first: 'Майя', last: 'Линдова' },
    ...{ city: 'Казань', country: 'Россия', street: 'Портовая улица, 12' },
  },
  uk: {
    tasks: ['Підготувати запуск', 'Подзвонити в друкарню', 'Забронювати залу'],
    messages: ['Яке чудове місце', 'Вітання з Лісабона'],
    titles: ['Нотатки з гавані', 'Ранок біля моря', 'Свіжі ідеї'],
    long: 'Коротка нотатка, написана під час зйомки.',
    ...{ person: 'Майя Лінчук', first: 'Майя', last: 'Лінчук' },
    ...{ city: 'Одеса', country: 'Україна', street: 'Портова вулиця, 12' },
  },
  tr: {
    tasks: ['Lansmanı hazırla', 'Matbaayı ara', 'Salonu ayırt'],
    messages: ['Ne güzel bir yer', "Lizbon'dan selamlar"],
    titles: ['Limandan notlar', 'Deniz kenarında bir sabah', 'Taze fikirler'],
    long: 'Çekim sırasında yazılmış kısa bir not.',
    ...{ person: 'Maya Liman', first: 'Maya', last: 'Liman' },
    ...{ city: 'İzmir', country: 'Türkiye', street: 'Liman Caddesi 12' },
  },
  ja: {
    tasks: ['会議の準備をする', '印刷所に電話する', '会場を予約する'],
    messages: ['とても素敵な場所です', 'リスボンからこんにちは'],
    titles: ['港のメモ', '海辺の朝', '新しいアイデア'],
    long: '撮影中に書いた短いメモです。',
    ...{ person: '森 まや', first: 'まや', last: '森' },
    ...{ city: '横浜', country: '日本', street: '港町1-2-3' },
  },
  zh: {
    tasks: ['准备发布会', '给印刷厂打电话', '预订会议室'],
    messages: ['这个地方真美', '来自里斯本的问候'],
    titles: ['港口笔记', '海边的早晨', '新的想法'],
    long: '拍摄时写下的一段简短文字。',
    ...{ person: '林玛雅', first: '玛雅', last: '林' },
    ...{ city: '上海', country: '中国', street: '港口路12号' },
  },
  ko: {
    tasks: ['출시 준비하기', '인쇄소에 전화하기', '회의실 예약하기'],
    messages: ['정말 멋진 곳이네요', '리스본에서 인사드려요'],
    titles: ['항구의 메모', '바닷가의 아침', '새로운 생각'],
    long: '촬영하는 동안 쓴 짧은 메모입니다.',
    ...{ person: '임마야', first: '마야', last: '임' },
    ...{ city: '부산', country: '대한민국', street: '항구로 12' },
  },
  ar: {
    tasks: ['التحضير للإطلاق', 'الاتصال بالمطبعة', 'حجز القاعة'],
    messages: ['يا له من مكان جميل', 'تحيات من لشبونة'],
    titles: ['ملاحظات من الميناء', 'صباح على البحر', 'أفكار جديدة'],
    long: 'ملاحظة قصيرة كتبت أثناء التصوير.',
    ...{ person: 'مايا ليلى', first: 'مايا', last: 'ليلى' },
    ...{ city: 'الإسكندرية', country: 'مصر', street: 'شارع الميناء 12' },
  },
  he: {
    tasks: ['להכין את ההשקה', 'להתקשר לדפוס', 'להזמין את האולם'],
    messages: ['איזה מקום יפה', 'דרישת שלום מליסבון'],
    titles: ['רשימות מהנמל', 'בוקר על הים', 'רעיונות חדשים'],
    long: 'הערה קצרה שנכתבה בזמן הצילום.',
    ...{ person: 'מאיה לין', first: 'מאיה', last: 'לין' },
    ...{ city: 'חיפה', country: 'ישראל', street: 'רחוב הנמל 12' },
  },
  hi: {
    tasks: ['लॉन्च की तैयारी करना', 'छापेखाने को फ़ोन करना', 'हॉल बुक करना'],
    messages: ['कितनी सुंदर जगह है', 'लिस्बन से नमस्ते'],
    titles: ['बंदरगाह की बातें', 'समुद्र किनारे एक सुबह', 'नए विचार'],
    long: 'फ़िल्म बनाते समय लिखी गई एक छोटी टिप्पणी।',
    ...{ person: 'माया लाल', first: 'माया', last: 'लाल' },
    ...{ city: 'मुंबई', country: 'भारत', street: '12 बंदरगाह मार्ग' },
  },
};
