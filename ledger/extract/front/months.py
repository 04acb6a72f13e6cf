"""The months, as dates have them in many languages: data, one month each.

Full names as they stand in a date, and what languages shorten them to. A word that is two months,
one in each of two languages, is none here: "listopada" is October or November.
"""

_NAMES = {
    1: """
        january januar jänner janvier enero gennaio janeiro januari janúar stycznia styczeń
        ledna leden januára január siječnja siječanj јануар януари января январь січня
        січень ianuarie ocak ιανουαρίου ιανουάριος jaanuar janvāris sausio gener tammikuuta
        يناير جانفي كانون_الثاني ژانویه ינואר जनवरी জানুয়ারি ஜனவரி มกราคม ม.ค jan janv ene
        gen sty led янв січ ian oca ιαν jaan
        """,
    2: """
        february februar feber février febrero febbraio fevereiro februari febrúar lutego
        luty února únor februára február veljače veljača фебруар февруари февраля февраль
        лютого лютий februarie şubat φεβρουαρίου φεβρουάριος veebruar februāris vasario
        febrer helmikuuta pebruari فبراير فيفري شباط فوریه פברואר फ़रवरी फरवरी ফেব্রুয়ারি
        பிப்ரவரி กุมภาพันธ์ ก.พ feb févr fév fev febr úno февр фев лют şub φεβ veebr
        """,
    3: """
        march märz mars marzo março maart marts marca marzec března březen marec ožujka
        ožujak март марта березня березень martie március mart μαρτίου μάρτιος märts kovo
        març maaliskuuta maret mac machi مارس آذار מרץ मार्च মার্চ மார்ச் มีนาคม มี.ค mar
        mär mrz mrt bře ožu марa бер márc μαρ μάρ
        """,
    4: """
        april avril abril aprile apríl apríla kwietnia kwiecień dubna duben travnja travanj
        април апреля апрель квітня квітень aprilie április nisan απριλίου απρίλιος aprill
        aprīlis balandžio huhtikuuta aprili أبريل ابريل أفريل نيسان آوریل אפריל अप्रैल
        এপ্রিল ஏப்ரல் เมษายน เม.ย apr avr abr kwi dub tra апр квіт ápr nis απρ
        """,
    5: """
        may mai mayo maggio maio mei maj maí maja května květen mája máj svibnja svibanj мај
        май мая травня травень május mayıs μαΐου μάιος maijs gegužės maig toukokuuta مايو
        ماي أيار مه מאי मई মে மே พฤษภาคม พ.ค mag kvě svi трав μαΐ
        """,
    6: """
        june juni juin junio giugno junho júní czerwca czerwiec června červen júna jún
        lipnja lipanj јун юни июня июнь червня червень iunie június haziran ιουνίου ιούνιος
        juuni jūnijs birželio juny kesäkuuta junij يونيو جوان حزيران ژوئن יוני जून জুন ஜூன்
        มิถุนายน มิ.ย jun giu cze čvn июн черв iun haz ιουν jūn
        """,
    7: """
        july juli juillet julio luglio julho júlí lipca lipiec července červenec júla júl
        srpnja srpanj јул юли июля июль липня липень iulie július temmuz ιουλίου ιούλιος
        juuli jūlijs liepos juliol heinäkuuta julai julij يوليو جويلية تموز ژوئیه יולי जुलाई
        জুলাই ஜூலை กรกฎาคม ก.ค jul juil lug čvc июл лип iul tem ιουλ jūl
        """,
    8: """
        august août agosto augustus augusti ágúst sierpnia sierpień srpna srpen augusta
        kolovoza kolovoz август августа серпня серпень augusztus ağustos αυγούστου αύγουστος
        augusts rugpjūčio agost elokuuta agustus ogos agosti avgust أغسطس اغسطس أوت آب اوت
        אוגוסט अगस्त আগস্ট ஆகஸ்ட் สิงหาคม ส.ค aug ago sie kol авг серп ağu αυγ agu avg
        """,
    9: """
        september septembre septiembre setiembre settembre setembro września wrzesień září
        septembra rujna rujan септембар септември сентября сентябрь вересня вересень
        septembrie szeptember eylül σεπτεμβρίου σεπτέμβριος septembris rugsėjo setembre
        syyskuuta septemba سبتمبر أيلول سپتامبر ספטמבר सितंबर सितम्बर সেপ্টেম্বর செப்டம்பர்
        กันยายน ก.ย sep sept set wrz zář ruj сент вер szept eyl σεπ
        """,
    10: """
        october oktober octobre octubre ottobre outubro október października październik
        října říjen októbra октобар октомври октября октябрь жовтня жовтень octombrie ekim
        οκτωβρίου οκτώβριος oktoober oktobris spalio lokakuuta oktoba أكتوبر اكتوبر
        تشرين_الأول اکتبر אוקטובר अक्टूबर অক্টোবর அக்டோபர் ตุลาคม ต.ค oct okt ott out paź
        říj окт жовт eki οκτ
        """,
    11: """
        november novembre noviembre novembro nóvember listopadu novembra studenoga studenog
        studeni новембар ноември ноября ноябрь noiembrie kasım νοεμβρίου νοέμβριος novembris
        lapkričio marraskuuta novemba نوفمبر تشرين_الثاني نوامبر נובמבר नवंबर नवम्बर নভেম্বর
        நவம்பர் พฤศจิกายน พ.ย листопад nov stu нояб ноя noi kas νοε
        """,
    12: """
        december dezember décembre diciembre dicembre dezembro desember grudnia grudzień
        prosince prosinec decembra prosinca prosinac децембар декември декабря декабрь
        грудня грудень decembrie aralık δεκεμβρίου δεκέμβριος detsember decembris gruodžio
        desembre joulukuuta disember desemba ديسمبر كانون_الأول دسامبر דצמבר दिसंबर दिसम्बर
        ডিসেম্বর டிசம்பர் ธันวาคม ธ.ค dec déc dez dic des gru pro дек груд ara δεκ dets
        """,
}
_MONTHS = {
    name.replace("_", " "): month for month, names in _NAMES.items() for name in names.split()
}


def month_of(name: str) -> int | None:
    """1 to 12 by its name or what it is shortened to; None for what names no month."""
    word = name.lower().rstrip(".")
    return _MONTHS.get(word) or _MONTHS.get(word.removeprefix("ב"))
