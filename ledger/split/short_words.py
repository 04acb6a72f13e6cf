"""Abbreviations, by language and by what they stand before: data, one language each.

A word is written as it stands in mid-sentence, without its last stop and without spaces ("z.B"),
and with the apostrophe before it where it is a word without ("l'on. Rossi").
One with a small letter is known with a capital one, too.
"""

ANY = ""
"""The key of words that are abbreviations, and nothing else, in every language."""


def _sets(words: dict[str, str]) -> dict[str, frozenset[str]]:
    common = words.get(ANY, "").split()
    return {language: frozenset([*common, *own.split()]) for language, own in words.items()}


NEVER_LAST = _sets(
    {
        ANY: """
            Gen M MM Mme Mlle Lt Col Maj Capt Sgt Adm Brig Gov Sen Rep Rev Hon Dr Mr Mrs Ms Prof
            St Mt Ft Hr Hrn Frhr Gebr Dhr Mw Sr Sra Srta Dra Dña Fco Gral Lic Univ Cmdte Excmo
            Excma Ilmo Exmo Exma Profa Éts Ets Mgr Vve Dott Avv Ing Arq mevr TS PGS ThS MUDr JUDr
            PhDr RNDr Szt Doç Drs płk bryg ppłk inż św abp bp tzw np zob wys Jl TP Pte
            им ул акад проф доц просп вул напр ред
            al ed eds cf vs viz vgl inkl esim jf jfr cfr approx approxim aprox p.ej m.in bl.a
            t.ex f.eks d.v.s dvs d.w.z b.v o.a t.j tj z.B d.h u.a bijv napr např
            'on βλ πρβλ δηλ π.χ λ.χ
            """,
        "bg": "Ив Ст Хр Вл Ал Ем Св Цв Пл Кр Дим Георг "
        "прибл акад проф доц инж св ул бул гр ген полк вж",
        "ca": "Hon Sta Mn Cia Av Avda",
        "cs": "vr vč ing doc prof gen plk mjr sv tř ul "
        "nám bc tzn tzv resp zn sp mj zejm srov mgr pplk",
        "da": "adm fx ca jvf prof civilingeniør hr fr pga mht ift inkl ekskl adr",
        "de": "ggü Dipl hab Fa Hrsg Bgm Fr Sr Hl Mag Abg Inh sog geb gest bzw ca lt vgl zit bes "
        "ggf insb ehem evtl mind u.a gem",
        "en": "Atl Indep Ins Bhd Mfg Indus Hosp Elec Cal Civ Crim Proc Evid Bankr Pub Atty Wm Flt "
        "Chem Phys Bus Lib Rptr Fin Prot Pharm Mut Transp Envtl Couns Servs Comp Regs incl rel",
        "el": "Στ Αθ Χρ Κων Γεωρ Δημ κ κα κκ καθ δρ κος αντ στρ αγ οδ λεωφ χιλ πρβ",
        "es": "Ma Cnel Tte Sto Sta Sgto Mons Avda Pza dr sr sra lic ing prof gral Vda",
        "fi": "mm ks vrt ns toim prof dos esim",
        "fr": "Me Pr Ste bd av boul",
        "hr": "cca npr tzv prof sv ul gđa dr mr ing akad gen usp",
        "hu": "Szt id ifj özv ld vö ill pl prof gr ún dr",
        "id": "hal hlm maks Ir Hj Prof Kab Kec Kel Tn Ny Sdr "
        "Bpk Kol Jend Letjen Mayjen Brigjen PT CV KH Ust Gg",
        "it": "es cd prov fraz staz loc rag sen dep sig cons dott avv ing prof mons gen card arch "
        "geom cav amm col ten dr sigg on uff comm sac pres segr magg brig serg mar cap ss",
        "nl": "ir ing drs dhr dr mr ds bc jhr prof mgr bijv resp",
        "no": "ca jf prof pga mht iht inkl ekskl fhv tidl",
        "pl": "prof dr med dn gen mjr kpt ks ul im al red os pl pow woj gm hr hab por mec insp mgr "
        "lek tj tzn wyr uchw z.dn wyd o.o",
        "pt": "av pref profa séc min agr dep prof eng arq dr sr sra Av Min Des Sto Sta Gal Cel Cap "
        "Dep Gov Pe D Dom Fr Trav",
        "ro": "cca dlui acad dl dna dra prof ing gen col lt str bd jud mun com sf ex",
        "th": "พ.ศ ค.ศ ดร รศ ผศ รศ.ดร ผศ.ดร",
        "ru": "рис табл кн каф "
        "корп дер губ ген полк гр пос обл наб пер пл ср см т.е т.к т.н св о-в",
        "sk": "vr vč ing doc prof gen plk sv ul nám bc tzv resp najmä tzn mgr",
        "sl": "pribl npr prof sv ul mag dr doc ing tj gen oz",
        "sv": "dir prof enl ca resp s.k inkl exkl f.d kand fil",
        "tr": "Bşk Doç Yrd Öğr Av Sn Cad Sok Mah Bul Alb Org Hz Op Uzm bkz örn krş vb vd Arş",
        "uk": "ген полк пл пров бул смт див ім о.с т.зв",
        "vi": "GS BS KS LS TT Ths ĐT Cty",
    }
)
"""Before whatever follows: titles, and words for "and others", "compare", "nearly"."""

BEFORE_FIGURES = _sets(
    {
        ANY: """
            vol vols min max wys no nos nr nrs n nn p pp pag pagg pág págs fig figs eq eqs ch chap
            sec secs art arts artt para paras ca c abs rn abb tab kap ziff bd st ст ч п рис табл
            ref refs гл стр ust odst poz pkt č čl núm cap inc alin lit séc lgs prop stk kl tel hlm
            """,
        "ca": "pàg pàgs núm núms",
        "cs": "zák str s tab obr př vl sb odd písm bod",
        "da": "d s nr lov bekg",
        "en": "P App Stat Supp Dict Jur Ins Prac Rem tit Reg",
        "de": "Fn Abt Anm Aufl Jg Nr S H Rdnr Rn Art Bd Kap Tsd Teil",
        "el": "Στ στ παρ άρθρ άρθ αρ σελ σσ ν τ τόμ κεφ πίν εικ εδ περ στ φ",
        "es": "aprox fol leg t ap nº",
        "fi": "s n klo nro luku kuva kpl",
        "fr": "éd v t al env n chap fasc",
        "hu": "Alaptv Ptk Btk kb ld u bek pont vö sz",
        "id": "thn tgl Rp Ps Pasal pasal Bab bab",
        "it": "t tav sez comma cc par",
        "nl": "blz jo lid hfst blad",
        "no": "s nr pkt",
        "pl": "s ok śr str zob rozdz rys tab zał t",
        "pt": "aprox fls t par p.a",
        "ro": "aprox pct pag anexa tab",
        "ru": "пп ок т с прим разд им",
        "sk": "s str ods č zák tab obr",
        "sl": "str čl št odst tč",
        "sv": "s st § mom tr",
        "tr": "s md Mad mad M.Ö M.S İ.Ö İ.S sy",
        "uk": "бл пп розд с т прибл близько",
        "vi": "tr t",
    }
)
"""Before a number, a paragraph sign or a bracket: "Abs. 3", "ст. 27"; in small letters or not."""

MONTHS = frozenset(
    """
    jan feb mar apr may jun jul aug sep sept oct nov dec janv févr fév fevr fev avr juin juil août
    aout déc ene abr ago dic mai set out dez gen mag giu lug ott jän mär märz mrz okt mrt mei des
    agu maj sty lut kwi kwie cze czer lip sie sier wrz wrze paź paźdz list gru grud led úno bře dub
    kvě čvn čvc srp zář říj lis pro jún júl szept ápr már máj ian iun iul noi sij velj ožu tra svi
    kol ruj stu pros янв фев февр мар апр мая июн июл авг сен сент окт ноя нояб дек січ лют бер
    берез квіт трав черв лип серп вер верес жовт листоп груд ιαν φεβ μαρ μάρ απρ μαΐ ιουν ιουλ αυγ
    αύγ σεπ σεπτ οκτ νοε νοεμ δεκ oca şub nis haz tem ağu eyl eki kas ara
    """.split()
)
"""Months, shortened, in many languages: between a day and a year."""

ALSO_WORDS = frozenset(
    ["mar", "may", "mag", "mai", "ago", "set", "out", "pro", "stu", "tra", "haz"]
)
"""Those of the months that end sentences in English as other words, too."""


AMOUNTS = frozenset(
    """
    tsd mio mrd mia mld mln milj mil mill tys tis tkr bn mn bil md δισ εκατ χιλ тыс тис
    млн млрд долл
    """.split()
)
"""Before a currency, which has a capital in many languages: "5 Tsd. Euro", "5 mil. Kč"."""

FIRMS = frozenset("co cia cía cie bros tic san".split())
"""Before the legal form of a firm, which has a capital: "& Cie. AG", "y Cía. S.A."."""

CODES = frozenset(
    """
    am mass tex fla ill ind wash pa va md conn mich minn wis ariz ala ark colo ga kan ky neb nev
    okla tenn vt wyo cal calif civ prac rem pat appl publ
    """.split()
)
"""Before the name of an American code: "Mass. Gen. Laws", "Am. Jur."."""

CURRENCIES = frozenset("руб грн долл коп kr kč zł ft lei лв дин eur usd".split())
"""What closes a sum, with a stop or without one."""

ORDINALS = frozenset(["de", "da", "no", "fi", "cs", "sk", "sl", "hr", "hu", "tr", "pl", "ko"])
"""Languages that count the first, and days and months of a date, with a stop."""

BEFORE_WHAT_THEY_COUNT = frozenset(["tr", "hu", "ko"])
"""Of those, where no sentence ends in a number: its noun follows."""

OPENERS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "The This These Those That There It Its In If We Our For As At By On To Then Thus He "
        "She They His Her Their Hence However Let Since When While Where An Each All Note So But "
        "And Here Such Both With From Given Moreover Therefore Using What Not Some Most Many After",
        "de": "Der Die Das Den Dem Des Ein Eine Er Sie Es Wir In Im Am An Auf Aus Bei Mit Nach Und "
        "Aber Auch Für Vor Zu Zum Zur Doch Dies Diese Dieser Dieses Seit Seine Ihre",
        "fr": "Le Les Il Elle Ils Elles On Nous Cette Ces Cet Ce Un Une Dans En Pour Mais Et Selon "
        "Après Avec Sur Depuis",
        "es": "El Los Las Un Una En Se Según Pero No Este Esta Estos Estas Su Sus Con Para Por "
        "Además Tras",
        "pt": "Os As Um Uma No Na Nos Nas Em Segundo Mas Não Este Esta Essa Esse Ele Ela Para "
        "Por Com Além",
        "it": "Il Gli Le Un Una In Nel Nella Ma Non Questo Questa Per Con Secondo Dopo Anche",
        "nl": "Het Een In Op Maar En Dit Deze Voor Met Volgens Hij Zij Ze We Er",
        "pl": "Na To Ten Ta Te Nie Po Od Do Jest Jak Ale Według",
        "sv": "Den Det De En Ett På Men Och Han Hon För Med Enligt Detta",
        "da": "Den Det De En Et På Men Og Han Hun For Med Ifølge Dette",
        "no": "Den Det De En Et På Men Og Han Hun For Med Ifølge Dette",
        "ru": "На Он Она Они Это По Но За Для Не При Как",
        "uk": "На Він Вона Вони Це По Але За Для Не При Як",
    }.items()
}
"""Words that begin a sentence and no name: behind them a lone letter was no initial."""
