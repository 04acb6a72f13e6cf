"""The heads of reference lists in many languages, as data, one language after another.

Heads that combine several words ("Key sources used") are recognised by patterns in `heads`.
"""

_BY_LANGUAGE = {
    "en": "refs|reference list|list of references|list of sources|literature|literature cited|"
    "notes|"
    "endnotes|end notes|footnotes|notes and references|references and notes|notes and sources|"
    "sources and references|references and sources|sources and notes|sources and citations|"
    "normative references|informative references|sources and further reading|"
    "sources and methodology|explanatory notes|sources and related content|"
    "sources read but not used in the report|"
    "further reading and sources|further reading|learn more|links|useful links|"
    "reading list|suggested reading|recommended reading|"
    "reference links|works referenced|works consulted|"
    "evidence and sources|sources and evidence",
    "de": "quellen|quellenverzeichnis|quellenangaben|quellennachweis|quellennachweise|"
    "verwendete quellen|zitierte quellen|quellen und anmerkungen|quellen und literatur|referenzen|"
    "literatur|literaturverzeichnis|literaturangaben|einzelnachweise|nachweise|belege|fußnoten|"
    "fussnoten|endnoten|anmerkungen|anmerkungen und quellen|"
    "quellen anzeigen|quellen einblenden"
    "|bibliographie|bibliografie|zitierte literatur|verwendete literatur"
    "|quellen- und literaturverzeichnis|literatur- und quellenverzeichnis"
    "|internetquellen|onlinequellen|online-quellen|webquellen|internetverzeichnis"
    "|quellenliste|weiterführende quellen|ausgewertete quellen|genutzte quellen|benutzte quellen"
    "|konsultierte quellen|herangezogene quellen|geprüfte quellen|primärquellen|sekundärquellen",
    "fr": "sources des citations|liens|références et sources|sources et références|sources citées|"
    "sources utilisées|sources consultées|"
    "ouvrages cités|"
    "références|références citées|références bibliographiques|bibliographie|notes et références|"
    "notes de bas de page|notes et sources|voir les sources|afficher les sources|"
    "liste des références|liste des sources"
    "|sources et bibliographie|bibliographie et sources|notes et bibliographie"
    "|bibliographie sélective|lectures complémentaires"
    "|sources primaires|sources secondaires|sources vérifiées|sources de référence",
    "es": "citas|fuentes|fuentes y referencias|referencias y fuentes|enlaces|fuentes consultadas|"
    "fuentes citadas|fuentes utilizadas|obras citadas|"
    "trabajos citados|referencias|referencias bibliográficas|bibliografía|notas|notas al pie|"
    "notas y referencias|lista de referencias|ver fuentes|mostrar fuentes|ver referencias"
    "|referencias citadas|literatura citada|bibliografía consultada|webgrafía"
    "|enlaces de referencia|fuentes de información|fuentes primarias|fuentes secundarias"
    "|fuentes verificadas|fuentes usadas|fuentes empleadas"
    "|lecturas adicionales|lecturas recomendadas",
    "pt": "fontes|fontes e referências|referências e fontes|fontes citadas|fontes consultadas|"
    "referências|referências citadas|"
    "referências bibliográficas|trabalhos citados|bibliografia|notas e referências|"
    "notas de rodapé|lista de referências"
    "|literatura citada|obras citadas|bibliografia consultada|webgrafia"
    "|fontes utilizadas|fontes usadas|fontes primárias|fontes secundárias|fontes verificadas"
    "|fontes de pesquisa|links das fontes|links de referência",
    "it": "sitografia|fonti|fonti e riferimenti|riferimenti e fonti|fonti citate|fonti consultate|"
    "riferimenti|riferimenti bibliografici|opere citate|"
    "bibliografia|note|note e riferimenti|note a piè di pagina"
    "|note bibliografiche"
    "|fonti e link|fonti utilizzate|fonti usate|fonti verificate|fonti primarie"
    "|fonti secondarie|fonti di riferimento",
    "ca": "fonts|fonts consultades|referències|bibliografia|notes",
    "eu": "iturriak|erreferentziak|bibliografia",
    "nl": "bronnen|bronnenlijst|bronvermelding|geraadpleegde bronnen|referenties|referentielijst|"
    "literatuur|noten|"
    "literatuurlijst|geciteerd werk|geciteerde werken|voetnoten|eindnoten"
    "|literatuurverwijzingen|literatuur en bronnen",
    "sv": "källor|källförteckning|källhänvisningar|referenser|referenslista|litteratur|"
    "litteraturförteckning|citerade verk|noter|fotnoter"
    "|källor och litteratur|käll- och litteraturförteckning"
    "|källor och länkar|använda källor",
    "da": "kilder|kildeliste|kildehenvisninger|referencer|litteratur|litteraturliste|"
    "citerede værker|noter|fodnoter"
    "|brugte kilder|anvendte kilder",
    "nb": "kilder|kildeliste|referanser|referanseliste|litteratur|litteraturliste|siterte verk|"
    "fotnoter|sluttnoter"
    "|kilder og lenker|brukte kilder",
    "fi": "lähteet|lähdeluettelo|viitteet|viiteluettelo|kirjallisuus|alaviitteet",
    "is": "heimildir|heimildaskrá|tilvísanir",
    "pl": "źródła|przypisy|bibliografia|cytowane prace|literatura|spis źródeł|odnośniki|"
    "odniesienia"
    "|piśmiennictwo|spis literatury|wykaz literatury|wykaz źródeł|literatura cytowana"
    "|netografia"
    "|źródła i linki|wykorzystane źródła|lista źródeł|źródła pierwotne|wykorzystana literatura",
    "cs": "poznámky|zdroje|reference|reference a zdroje|zdroje a odkazy|prameny|literatura|"
    "použitá literatura|použité zdroje|citovaná díla|poznámky pod čarou|seznam literatury"
    "|seznam použité literatury|seznam použitých zdrojů|seznam zdrojů|prameny a literatura"
    "|citovaná literatura|bibliografie",
    "sk": "zdroje|použitá literatúra|použité zdroje|literatúra|citované diela|poznámky pod čiarou"
    "|zoznam použitej literatúry|zoznam bibliografických odkazov|zoznam literatúry"
    "|bibliografické odkazy|bibliografia",
    "hu": "források|irodalom|forrásjegyzék|irodalomjegyzék|hivatkozások|felhasznált irodalom|"
    "idézett művek|lábjegyzetek|jegyzetek"
    "|bibliográfia|szakirodalom",
    "ro": "surse|surse citate|referințe|referințe bibliografice|bibliografie|lucrări citate|"
    "note de subsol",
    "hr": "izvori|izvori i literatura|reference|literatura|bilješke|fusnote|citirana djela"
    "|popis literature|popis izvora|literatura i izvori",
    "sl": "viri|viri in literatura|literatura|opombe"
    "|literatura in viri|seznam literature|seznam virov",
    "sq": "burimet|referencat|bibliografia",
    "et": "allikad|viited|kasutatud allikad|kasutatud kirjandus",
    "lv": "avoti|atsauces|izmantotie avoti|literatūra"
    "|izmantotā literatūra|izmantotās literatūras saraksts",
    "lt": "šaltiniai|nuorodos|literatūra|išnašos|literatūros sąrašas",
    "ru": "источники|список источников|источники информации|использованные источники|"
    "список использованных источников|список использованной литературы|литература|"
    "список литературы|библиография|библиографический список|примечания|сноски|ссылки|"
    "цитируемые источники"
    "|библиографические ссылки|список источников и литературы"
    "|список использованных источников и литературы|цитированная литература"
    "|ссылки на источники|проверенные источники|первоисточники|использованные материалы",
    "uk": "джерела|список джерел|список використаних джерел|використані джерела|література|"
    "список літератури|бібліографія|цитовані джерела|примітки|виноски|посилання"
    "|список використаної літератури|список літературних джерел|бібліографічні посилання",
    "be": "крыніцы|спіс крыніц|літаратура|зноскі",
    "bg": "източници|използвани източници|литература|библиография|бележки|препратки"
    "|литературни източници|цитирана литература",
    "sr": "извори|извори и литература|референце|литература|напомене|фусноте",
    "mk": "извори|наводи|референци|литература",
    "kk": "әдебиеттер|әдебиеттер тізімі|дереккөздер|сілтемелер",
    "el": "πηγές|σημειώσεις|αναφορές|παραπομπές|βιβλιογραφία|υποσημειώσεις|βιβλιογραφικές αναφορές",
    "tr": "kaynaklar|kaynakça|referanslar|alıntılanan çalışmalar|dipnotlar|yararlanılan kaynaklar|"
    "notlar|kaynaklar ve notlar"
    "|kaynaklar listesi|kaynakça ve notlar"
    "|kullanılan kaynaklar|kaynak listesi|kaynaklar ve linkler|kaynaklar ve bağlantılar",
    "az": "mənbələr|istinadlar|i̇stinadlar|ədəbiyyat|istifadə olunmuş ədəbiyyat",
    "ka": "წყაროები|ლიტერატურა|სქოლიო|რესურსები",
    "hy": "աղբյուրներ|գրականություն|ծանոթագրություններ",
    "ar": "المصادر|المراجع|الهوامش|المصادر والمراجع|المراجع والمصادر|قائمة المراجع|قائمة المصادر|"
    "الاقتباسات|مصادر|مراجع|المصادر التي تم الاستشهاد بها"
    "|قائمة المصادر والمراجع|ثبت المراجع|المراجع العربية|المراجع الأجنبية",
    "fa": "پی‌نوشت|منابع|مراجع|فهرست منابع|منابع و مآخذ|پانویس|پانویس‌ها|پی‌نوشت‌ها"
    "|فهرست مراجع|کتاب‌شناسی",
    "ur": "حوالہ جات|مآخذ",
    "he": "הפניות|מקורות|המקורות|קישורים|רשימת מקורות|ביבליוגרפיה|הערות שוליים|עבודות שצוטטו|הערות|"
    "מקורות והערות"
    "|רשימה ביבליוגרפית|רשימת המקורות",
    "hi": "टिप्पणियाँ|तथ्यसूत्र|स्रोत|सन्दर्भ सूची|संदर्भ|सन्दर्भ|संदर्भ सूची|पाद टिप्पणी|उद्धृत कार्य",
    "bn": "তথ্যসূত্র|সূত্র|উৎস",
    "zh": "来源|來源|引用|出处|註釋|注释|注解|註解|脚注|注|相关链接|相關連結|引用的著作|参考|參考|"
    "来源清单|來源清單|来源列表|來源列表|数据源|調研來源|调研来源",
    "ja": "出典|出処|脚註|脚注|注|注釈|参照元|引用元|情報源|ソース|参考リンク|参考サイト|引用文献|"
    "参考情報|参考url|出典一覧|参考文献一覧|引用一覧|参照資料|参照リンク|調査ソース|情報ソース"
    "|情報源一覧|参考ソース|主要情報源|出典リスト|参照文献|参考情報源|参考にした情報"
    "|参考にした論文|参考にした記事|参考にしたwebの記事|参考にしたサイト|参考にした文献",
    "ko": "주석|각주|출처|자료 출처|참고문헌|참고 문헌|참고자료|참고 자료|인용 자료|인용 출처|참조|"
    "출처 목록|참고 링크|출처 및 참고자료"
    "|참고 출처|참고출처|출처 링크|주요 참고자료|데이터 출처|근거 자료|출처 및 참고"
    "|규범적 참고문헌|정보성 참고문헌|참고용 참고문헌",
    "vi": "nguồn|tham khảo|nguồn tham khảo|nguồn trích dẫn|tài liệu tham khảo|chú thích"
    "|thư mục|danh mục tài liệu tham khảo|thư mục tham khảo"
    "|nguồn tham khảo chính|tài liệu và nguồn tham khảo|nguồn tài liệu",
    "id": "sumber|sumber referensi|referensi|daftar pustaka|daftar referensi|karya yang dikutip|"
    "catatan kaki|daftar sumber"
    "|sumber yang digunakan|sumber dan tautan",
    "ms": "sumber|rujukan|bibliografi",
    "th": "อ้างอิง|แหล่งอ้างอิง|แหล่งที่มา|เอกสารอ้างอิง|ผลงานที่อ้างอิง|บรรณานุกรม",
    "tl": "sanggunian|mga sanggunian|pinagmulan",
    "sw": "vyanzo|marejeo|rejea",
    "mr": "संदर्भसूची|संदर्भ सूची|संदर्भ आणि नोंदी",
    "ne": "सन्दर्भ सामग्री|सन्दर्भहरू|स्रोतहरू",
    "pa": "ਹਵਾਲੇ|ਸਰੋਤ",
    "gu": "સંદર્ભ|સંદર્ભો|સંદર્ભ સૂચિ|સ્ત્રોત|સ્રોત",
    "ta": "மேற்கோள்கள்|உசாத்துணை|ஆதாரங்கள்|சான்றுகள்",
    "te": "మూలాలు|ఆధారాలు|సూచికలు",
    "kn": "ಉಲ್ಲೇಖಗಳು|ಆಕರಗಳು|ಮೂಲಗಳು",
    "ml": "അവലംബം|അവലംബങ്ങൾ|സ്രോതസ്സുകൾ",
    "si": "මූලාශ්‍ර|ආශ්‍රිත ග්‍රන්ථ|ආශ්‍රේය",
    "my": "ကိုးကား|ကိုးကားချက်များ|အကိုးအကား",
    "km": "ឯកសារយោង|ប្រភព",
    "lo": "ເອກະສານອ້າງອີງ|ແຫຼ່ງອ້າງອີງ|ອ້າງອີງ",
    "am": "ማጣቀሻ|ማጣቀሻዎች|ምንጮች|ዋቢ ምንጮች",
    "mn": "эшлэл|ишлэл|эх сурвалж|зүүлт",
    "uz": "manbalar|adabiyotlar|foydalanilgan adabiyotlar|havolalar",
    "af": "bronne|verwysings|bronnelys|voetnotas",
    "ga": "tagairtí|foinsí",
    "cy": "cyfeiriadau|ffynonellau",
    "eo": "referencoj|fontoj",
}

_MAIN_ONES = {
    "fr": "citations clés|sources clés|sources principales|principales sources|"
    "références principales|citations principales|webographie|sitographie",
    "es": "citas clave|fuentes clave|fuentes principales|principales fuentes|referencias clave|"
    "referencias principales",
    "pt": "citações-chave|citações chave|citações principais|principais citações|"
    "fontes principais|principais fontes|referências principais",
    "de": "wichtige zitate|wichtige zitationen|wichtige quellen|wichtigste quellen|"
    "zentrale quellen|hauptquellen|weiterführende links|quellen und weiterführende links"
    "|weiterführende literatur",
    "it": "citazioni chiave|citazioni principali|fonti principali|principali fonti|"
    "riferimenti principali",
    "nl": "belangrijke citaten|belangrijke bronnen|belangrijkste bronnen|belangrijke verwijzingen",
    "sv": "viktiga källor|huvudkällor",
    "pl": "kluczowe cytaty|kluczowe źródła|główne źródła|najważniejsze źródła",
    "cs": "klíčové zdroje|hlavní zdroje",
    "hu": "felhasznált források|főbb források",
    "ro": "surse principale",
    "el": "κύριες πηγές|βασικές πηγές",
    "ru": "ключевые цитаты|ключевые источники|основные источники|ключевые ссылки",
    "uk": "ключові цитати|ключові джерела|основні джерела",
    "bg": "използвана литература|основни източници",
    "tr": "temel alıntılar|temel kaynaklar|ana kaynaklar|önemli kaynaklar",
    "ar": "المراجع الرئيسية|المصادر الرئيسية|الاستشهادات الرئيسية",
    "fa": "منابع اصلی|منابع کلیدی",
    "he": "מקורות עיקריים|מקורות והפניות",
    "hi": "मुख्य उद्धरण|प्रमुख उद्धरण|मुख्य स्रोत",
    "zh": "关键引文|關鍵引文|主要引文|主要来源|主要來源|来源链接|來源連結|引文",
    "ja": "主な引用|主要な引用|主な出典|主な情報源|主な参考文献|参照元一覧|参考資料・出典",
    "ko": "주요 인용|주요 출처|핵심 인용|주요 참고문헌|주요 참고 자료",
    "vi": "trích dẫn chính|nguồn chính",
    "id": "kutipan utama|sumber utama",
}
"""The same where a list has the main ones, as services close their answers."""

HEADS = frozenset(
    head.casefold()
    for words in (_BY_LANGUAGE, _MAIN_ONES)
    for heads in words.values()
    for head in heads.split("|")
)
"""Every head, casefolded."""
