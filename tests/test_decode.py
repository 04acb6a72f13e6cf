import codecs
import unicodedata
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.extract.characters import charsets
from ledger.extract.characters.charsets import CODECS, LABELS, charset_of
from ledger.extract.characters.decode import INERT, Decoded, clean_text, decode
from ledger.extract.characters.guess import STRETCH_BYTES, guess

RUSSIAN = (
    "Президент заявил в понедельник, что переговоры продолжатся на следующей неделе. По словам "
    "представителя министерства, стороны обсудили вопросы безопасности и торговли."
)
GREEK = (
    "Ο πρωθυπουργός δήλωσε τη Δευτέρα ότι οι διαπραγματεύσεις θα συνεχιστούν την επόμενη "
    "εβδομάδα. Σύμφωνα με πηγές του υπουργείου, συζητήθηκαν θέματα ασφάλειας."
)
JAPANESE = (
    "首相は月曜日、協議は来週も続くと述べた。報道官によると、双方は安全保障と貿易の問題について"
    "話し合い、近いうちに再び会うことで合意した。"
)
FRENCH = (
    "Le président a déclaré lundi que les négociations se poursuivraient la semaine prochaine. "
    "D’après le porte-parole du ministère, les deux parties ont évoqué la sécurité à Genève."
)
TEXTS = {
    "utf-8": FRENCH + RUSSIAN,
    "windows-1252": FRENCH,
    "windows-1250": "Předseda vlády ve čtvrtek prohlásil, že jednání o rozpočtu budou pokračovat "
    "až do příštího týdne. Podle opozice je však návrh nepřijatelný a ohrožuje důvěryhodnost země.",
    "windows-1251": RUSSIAN,
    "windows-1253": GREEK,
    "windows-1254": "Cumhurbaşkanı pazartesi günü yaptığı açıklamada görüşmelerin önümüzdeki hafta "
    "süreceğini söyledi. Bakanlık sözcüsüne göre taraflar güvenlik ve ticaret konularını ele aldı.",
    "windows-1255": "ראש הממשלה אמר ביום שני כי השיחות יימשכו בשבוע הבא. לדברי דובר המשרד, הצדדים "
    "דנו בנושאי ביטחון וסחר והסכימו להיפגש שוב בקרוב.",
    "windows-1256": "قال الرئيس يوم الاثنين إن المحادثات ستستمر الأسبوع المقبل. ووفقا للمتحدث باسم "
    "الوزارة فقد ناقش الطرفان قضايا الأمن والتجارة واتفقا على اللقاء مرة أخرى.",
    "windows-874": "นายกรัฐมนตรีกล่าวเมื่อวันจันทร์ว่าการเจรจาจะดำเนินต่อไปในสัปดาห์หน้า "
    "โฆษกกระทรวงกล่าวว่าทั้งสองฝ่ายได้หารือเรื่องความมั่นคงและการค้า",
    "iso-8859-2": "Premier powiedział w środę, że rząd przyjął ustawę o zwiększeniu wydatków na "
    "obronę. Według źródeł w ministerstwie, żołnierze otrzymają nowy sprzęt w tym miesiącu.",
    "iso-8859-5": RUSSIAN,
    "iso-8859-7": GREEK,
    "koi8-r": RUSSIAN,
    "koi8-u": "Президент заявив у понеділок, що переговори триватимуть наступного тижня. За "
    "словами представника міністерства, сторони обговорили питання безпеки, енергетики й торгівлі.",
    "ibm866": RUSSIAN,
    "shift_jis": JAPANESE,
    "euc-jp": JAPANESE,
    "gb18030": "总理周一表示，会谈将于下周继续进行。据外交部发言人介绍，双方就安全和贸易问题交换了"
    "意见，并同意尽快再次会晤。",
    "big5": "總理週一表示，會談將於下週繼續進行。據外交部發言人介紹，雙方就安全和貿易問題交換了"
    "意見，並同意儘快再次會晤。",
    "euc-kr": "총리는 월요일 회담이 다음 주에도 계속될 것이라고 밝혔다. 대변인에 따르면 양측은 "
    "안보와 무역 문제를 논의했으며 조만간 다시 만나기로 합의했다.",
}
FALSE = dict.fromkeys(TEXTS, "utf-8") | {"utf-8": "iso-8859-1"}
SAME_SCRIPT = {"windows-1250", "windows-1254"}
"""Called iso-8859-1, these are believed: only a few letters differ. But the doubt is told."""


class Case(NamedTuple):
    charset: str
    label: str | None

    def decoded(self) -> Decoded:
        body = TEXTS[self.charset].encode(CODECS[self.charset])
        return decode(body, declared=self.label, is_html=False)


TABLE = [
    Case(charset, label)
    for charset in TEXTS
    for label in dict.fromkeys((charset, None, FALSE[charset], "iso-8859-1"))
    if not (charset == "windows-1252" and label == "iso-8859-1")
]


@pytest.mark.parametrize("case", TABLE, ids=str)
def test_the_text_is_right_or_the_doubt_is_told(case: Case) -> None:
    decoded = case.decoded()
    if case.label == "iso-8859-1" and case.charset in SAME_SCRIPT:
        assert decoded.charset == "windows-1252"
        assert decoded.conflict
        return
    assert decoded.text == TEXTS[case.charset]
    assert decoded.conflict == (case.label not in (None, case.charset))
    assert decoded.declared == case.label
    assert decoded.replaced == 0


def test_of_sixty_pages_true_false_and_silent_all_are_right() -> None:
    pages = [Case(charset, label) for charset in TEXTS for label in (charset, None, FALSE[charset])]
    assert len(pages) == 60
    assert sum(page.decoded().text == TEXTS[page.charset] for page in pages) == 60


@pytest.mark.parametrize("charset", TEXTS)
@pytest.mark.parametrize("length", [1, 4, 10, 20, 40])
def test_a_true_declaration_is_believed_however_short_the_text(charset: str, length: int) -> None:
    text = TEXTS[charset][:length]
    decoded = decode(text.encode(CODECS[charset]), declared=charset, is_html=False)
    assert decoded.text == text


@pytest.mark.parametrize(
    "text",
    [
        "It costs £100 ±10% (½ of £200), 20°C × 3\n" * 20,
        "".join(f"£{n}.99 · £{n + 1}\n" for n in range(200)),
        "café\ncrème brûlée\nthé\n" * 50,
        "café au lait " * 6000,
        "«Mot» " * 50,
        "10\xa0000\xa0km\n" * 50,
        "Föhr Åland Ærø " * 20,
        "© 2025 Example Media Group. All rights reserved.",
        "ÉCOLE NORMALE SUPÉRIEURE",
        "å ä ö Åland Örebro",
        "García, Muñoz, Peña, López, Martín, José, María, Andrés\n" * 9,
    ],
)
def test_odd_western_text_is_not_taken_for_another_script(text: str) -> None:
    body = text.encode("latin-1")
    decoded = decode(body, declared="ISO-8859-1", is_html=False)
    assert (decoded.charset, decoded.conflict) == ("windows-1252", False)
    assert decoded.text == text


def test_a_chinese_word_in_english_prose_is_no_reason_to_doubt_its_charset() -> None:
    text = "The Chinese word 中国 means China and 北京 is Beijing. " * 5
    decoded = decode(text.encode("gbk"), declared="gb2312", is_html=False)
    assert (decoded.text, decoded.charset, decoded.conflict) == (text, "gb18030", False)


def test_western_text_called_chinese_is_read_as_western() -> None:
    decoded = decode(FRENCH.encode("cp1252"), declared="gbk", is_html=False)
    assert (decoded.text, decoded.conflict) == (FRENCH, True)


def test_a_charset_that_is_never_guessed_is_believed_when_declared() -> None:
    decoded = decode("Prix : 5 €, déjà payé".encode("iso8859_15"), declared="l9", is_html=False)
    assert decoded.text == "Prix : 5 €, déjà payé"
    assert (decoded.charset, decoded.basis) == ("iso-8859-15", "header")


def test_bytes_in_no_charset_at_all_are_read_as_declared_and_doubted() -> None:
    body = bytes(range(0x80, 0x100)) * 8
    decoded = decode(body, declared="utf-8", is_html=False)
    assert (decoded.charset, decoded.conflict) == ("utf-8", True)
    assert decoded.replaced > 1000
    undeclared = decode(body, declared=None, is_html=False)
    assert (undeclared.charset, undeclared.basis) == ("windows-1252", "guess")


# --- the order ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "codec", "charset"),
    [
        (b"\xef\xbb\xbf", "utf_8", "utf-8"),
        (b"\xff\xfe", "utf_16_le", "utf-16le"),
        (b"\xfe\xff", "utf_16_be", "utf-16be"),
        (b"\xff\xfe\x00\x00", "utf_32_le", "utf-32le"),
        (b"\x00\x00\xfe\xff", "utf_32_be", "utf-32be"),
    ],
)
def test_a_byte_order_mark_beats_every_declaration(mark: bytes, codec: str, charset: str) -> None:
    body = mark + "Zürich, 东京".encode(codec)
    decoded = decode(body, declared="windows-1251", is_html=False)
    utf_8 = body[3:] if charset == "utf-8" else None
    assert decoded == Decoded("Zürich, 东京", charset, "windows-1251", True, 0, "bom", utf_8)


def test_a_byte_order_mark_agrees_with_either_utf_16() -> None:
    body = b"\xfe\xff" + "Zürich".encode("utf_16_be")
    assert not decode(body, declared="UTF-16", is_html=False).conflict


def test_the_header_beats_the_page() -> None:
    body = b'<meta charset="windows-1251"><p>Caf\xe9 cr\xe8me'
    decoded = decode(body, declared="windows-1252", is_html=True)
    assert decoded.text.endswith("Café crème")
    assert (decoded.declared, decoded.basis) == ("windows-1252", "header")
    assert decoded.conflict  # the page says otherwise


PAGES = {
    '<meta charset="windows-1251">': "windows-1251",
    "<META CHARSET=windows-1251 />": "windows-1251",
    "<meta name=x charset = 'windows-1251'>": "windows-1251",
    '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">': "windows-1251",
    "<meta content='text/html;charset=windows-1251' http-equiv=content-type>": "windows-1251",
    '<?xml version="1.0" encoding="windows-1251"?><html>': "windows-1251",
    "<!-- <meta charset=koi8-r> --><meta charset=windows-1251>": "windows-1251",
    "<!-- a --><!-- b --><meta charset=windows-1251><!-- <meta charset=koi8-r>": "windows-1251",
    '<meta name="description" content="charset=koi8-r"><meta charset=windows-1251>': "windows-1251",
    "<meta charset=''><meta charset=windows-1251>": "windows-1251",
    "<!-- <meta charset=koi8-r>": None,
    '<meta name="description" content="charset=koi8-r">': None,
    "<p>charset=koi8-r</p>": None,
    "": None,
}


@pytest.mark.parametrize("head", PAGES)
def test_a_page_may_declare_its_own_charset(head: str) -> None:
    body = head.encode() + ("<p>" + RUSSIAN).encode("cp1251")
    decoded = decode(body, declared=None, is_html=True)
    assert decoded.text.endswith(RUSSIAN)
    assert decoded.declared == PAGES[head]
    assert decoded.basis == ("page" if PAGES[head] else "guess")


def test_a_page_that_calls_itself_utf_16_in_ascii_is_taken_for_utf_8() -> None:
    decoded = decode(b"<meta charset=utf-16><p>plain", declared=None, is_html=True)
    assert (decoded.charset, decoded.basis) == ("utf-8", "page")


def test_text_that_is_no_page_declares_nothing_by_a_tag() -> None:
    body = b"<meta charset=koi8-r> Z\xc3\xbcrich"
    text = "<meta charset=koi8-r> Zürich"
    decoded = decode(body, declared=None, is_html=False)
    assert decoded == Decoded(text, "utf-8", None, False, 0, "bytes", body)


@pytest.mark.parametrize(
    "body",
    [
        "Zürich".encode("latin-1"),
        b"two\r\nlines, Z\xc3\xbcrich",
        "u\u0308ber".encode(),  # not yet composed
        b"Z\xc3\xbcrich\0",
        b"Z\xc3\xbcrich" * 400 + b"\xff",
    ],
)
def test_bytes_are_not_the_text_in_utf_8_where_it_was_changed(body: bytes) -> None:
    assert decode(body, declared=None, is_html=False).encoded is None


def test_a_declaration_after_sixteen_kilobytes_is_not_seen() -> None:
    body = b" " * 16384 + b"<meta charset=koi8-r>" + "Zürich".encode()
    assert decode(body, declared=None, is_html=True).declared is None


def test_ascii_is_what_it_was_called_and_no_conflict() -> None:
    page = b"<meta charset=utf-8>plain"
    decoded = decode(page, declared="latin1", is_html=True)
    assert (decoded.charset, decoded.basis, decoded.conflict) == ("windows-1252", "header", False)
    assert decode(b"plain", declared=None, is_html=False).charset == "utf-8"


def test_a_label_that_nobody_knows_is_kept_and_said_to_be_in_conflict() -> None:
    decoded = decode("Zürich".encode(), declared="x-martian", is_html=False)
    assert (decoded.text, decoded.declared, decoded.conflict) == ("Zürich", "x-martian", True)


@pytest.mark.parametrize("codec", ["utf_16_le", "utf_16_be"])
@pytest.mark.parametrize("label", [None, "utf-8"])
def test_utf_16_without_its_mark_is_known_by_its_zeros(codec: str, label: str | None) -> None:
    decoded = decode("A café, 東京\n".encode(codec), declared=label, is_html=False)
    assert decoded.text == "A café, 東京\n"
    assert (decoded.basis, decoded.conflict) == ("bytes", label is not None)


def test_utf_16_declared_for_bytes_without_a_zero_is_not_believed() -> None:
    decoded = decode(FRENCH.encode("cp1252"), declared="utf-16", is_html=False)
    assert (decoded.text, decoded.conflict) == (FRENCH, True)


def test_utf_16_is_believed_where_zeros_are_few() -> None:
    text = JAPANESE + "\n"
    decoded = decode(text.encode("utf_16_le"), declared="utf-16", is_html=False)
    assert (decoded.text, decoded.basis) == (text, "header")


@pytest.mark.parametrize("label", [None, "iso-2022-jp", "utf-8"])
def test_iso_2022_jp_is_known_by_its_escapes(label: str | None) -> None:
    decoded = decode(JAPANESE.encode("iso2022_jp"), declared=label, is_html=False)
    assert (decoded.text, decoded.charset) == (JAPANESE, "iso-2022-jp")
    assert decoded.conflict == (label == "utf-8")


def test_an_escape_that_is_no_japanese_stays() -> None:
    assert decode(b"price \x1b$ \xff"[:-1], declared=None, is_html=False).charset == "utf-8"


# --- nearly right -------------------------------------------------------------------------------


@pytest.mark.parametrize("label", ["utf-8", None, "iso-8859-1"])
def test_one_bad_byte_does_not_spoil_utf_8(label: str | None) -> None:
    body = "Zürich ".encode() * 200 + b"\xff" + "naïve".encode()
    decoded = decode(body, declared=label, is_html=False)
    assert decoded.text == "Zürich " * 200 + "\ufffdnaïve"
    assert (decoded.charset, decoded.replaced) == ("utf-8", 1)


def test_a_short_text_cut_in_mid_character_is_still_utf_8() -> None:
    decoded = decode(JAPANESE.encode()[:-1], declared="shift_jis", is_html=False)
    assert (decoded.text, decoded.replaced) == (JAPANESE[:-1] + "\ufffd", 1)


def test_one_western_letter_in_english_is_not_broken_utf_8() -> None:
    body = b"plain words " * 500 + b"caf\xe9"
    assert decode(body, declared="latin1", is_html=False).text.endswith("café")


def test_a_replacement_character_of_the_source_is_not_counted() -> None:
    body = "was \ufffd before, ü".encode() + b" \xff " + "ü".encode() * 20
    assert decode(body, declared=None, is_html=False).replaced == 1


def test_a_few_undefined_bytes_do_not_overrule_a_declaration() -> None:
    body = RUSSIAN.encode("cp1251") * 20 + b"\x98"
    decoded = decode(body, declared="windows-1251", is_html=False)
    assert (decoded.text, decoded.replaced) == (RUSSIAN * 20 + "\ufffd", 1)


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize(
    "charset",
    ["windows-1253", "windows-1255", "windows-874", "euc-jp", "gb18030", "big5", "euc-kr"],
)
def test_one_bad_byte_does_not_rule_a_charset_out(charset: str, declared: bool) -> None:
    codec, text = CODECS[charset], TEXTS[charset]
    body = text.encode(codec) + b"\xff " + text.encode(codec) * 4
    decoded = decode(body, declared=charset if declared else None, is_html=False)
    assert decoded.text == text + "\ufffd " + text * 4
    assert (decoded.replaced, decoded.conflict) == (1, False)


@pytest.mark.parametrize("before", [b"", b"a"])
@pytest.mark.parametrize("charset", ["gb18030", "shift_jis", "big5", "euc-kr", "euc-jp"])
def test_a_long_line_without_a_space_is_not_cut_in_mid_character(
    charset: str, before: bytes
) -> None:
    line = TEXTS[charset].replace(" ", "").replace(".", "")
    body = before + (line * 2000).encode(CODECS[charset])
    assert guess(body, None).charset == charset


def test_a_line_too_long_to_look_at_is_cut_at_a_space() -> None:
    body = ("a" + TEXTS["gb18030"] + " ").encode("gb18030") * 11_000
    assert len(body) > STRETCH_BYTES
    assert guess(body, None).charset == "gb18030"


def test_markup_does_not_drown_the_text_that_tells_the_charset() -> None:
    body = b"<script>var a = 1;</script>\n" * 9000 + b"<p>" + RUSSIAN.encode("koi8-r") + b"</p>"
    assert decode(body, declared=None, is_html=True).charset == "koi8-r"


# --- clean text ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\r\r\nb", "a\n\nb"),
        ("a\x00b", "a\ufffdb"),
        ("a\ud800b\udfff", "a\ufffdb\ufffd"),
        ("Zu\u0308rich", "Zürich"),
        ("\u212bngstrom", "Ångstrom"),
        ("tab\tstays", "tab\tstays"),
    ],
)
def test_clean_text(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


def test_zeros_are_replaced_and_counted() -> None:
    decoded = decode("a\x00b ü\r\n".encode(), declared=None, is_html=False)
    assert (decoded.text, decoded.replaced) == ("a\ufffdb ü\n", 1)


@pytest.mark.parametrize("mark", ["\u0301", "\u0344"])
def test_a_long_run_of_combining_marks_is_broken_up(mark: str) -> None:
    clean = clean_text("a" + (mark + "\u0316") * 100_000 + "b")
    longest = run = 0
    for character in clean:
        run = run + 1 if unicodedata.combining(character) else 0
        longest = max(longest, run)
    assert 20 < longest <= 31
    assert clean_text(clean) == clean


def test_a_long_dash_is_left_alone() -> None:
    assert clean_text("—" * 50) == "—" * 50


@given(st.text(st.characters(), max_size=200))
def test_clean_text_is_clean_and_cleaning_twice_changes_nothing(text: str) -> None:
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert not set(clean) & {"\x00", "\r"}
    assert clean.encode().decode() == clean  # no lone surrogate is left


@given(
    st.text(st.sampled_from("aé\u0301\u0323\u1100\u1161\ufb1d\n"), max_size=8), st.integers(0, 3)
)
def test_few_marks_in_much_text_are_normalised_as_many(text: str, words: int) -> None:
    text = f"{'plain ' * 100}{text}{'plain ' * 100 * words}"
    assert clean_text(text) == unicodedata.normalize("NFC", text)


inert = st.characters(exclude_categories=["Cs"]).filter(INERT.fullmatch)
ascii_or_inert = st.one_of(inert, st.characters(max_codepoint=127))


@given(st.text(ascii_or_inert, max_size=100))
def test_what_is_inert_is_normalised_whatever_it_stands_beside(text: str) -> None:
    assert unicodedata.normalize("NFC", text) == text


def test_no_inert_character_joins_what_stands_before_it() -> None:
    pairs = (unicodedata.decomposition(chr(code)).split() for code in range(0x110000))
    joining = {chr(int(pair[1], 16)) for pair in pairs if len(pair) == 2 and pair[0][0] != "<"}
    jamo = {*map(chr, range(0x1161, 0x1176)), *map(chr, range(0x11A8, 0x11C3))}
    assert "\u0301" in joining
    assert not [character for character in joining | jamo if INERT.fullmatch(character)]


anything = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from(sorted(TEXTS)).flatmap(
        lambda charset: st.binary(max_size=6).map(
            lambda noise: TEXTS[charset].encode(CODECS[charset])[:99] + noise
        )
    ),
)
labels = st.one_of(st.none(), st.text(max_size=20), st.sampled_from(sorted(LABELS)))


@given(anything, labels, st.booleans())
def test_no_bytes_whatever_break_decoding(body: bytes, label: str | None, is_html: bool) -> None:
    decoded = decode(body, declared=label, is_html=is_html)
    assert decoded.charset in CODECS
    assert clean_text(decoded.text) == decoded.text
    assert decoded.replaced >= 0


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r\ufeff")))
def test_utf_8_comes_through_as_it_was_whatever_is_declared(text: str) -> None:
    text = clean_text("ü " + text)
    assert decode(text.encode(), declared="koi8-r", is_html=False).text == text


# --- labels -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "charset"),
    [
        ("ISO-8859-1", "windows-1252"),
        ("latin1", "windows-1252"),
        ("us-ascii", "windows-1252"),
        ("ISO_8859-1:1987", "windows-1252"),
        ("iso-8859-9", "windows-1254"),
        ("TIS-620", "windows-874"),
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("x-sjis", "shift_jis"),
        ("ks_c_5601-1987", "euc-kr"),
        (" utf8 ", "utf-8"),
        ("utf-16", "utf-16le"),
        ("unicode", "utf-16le"),
        ("x-mac-roman", "macintosh"),
        ("rot13", None),
        ("hex", None),
        ("zip", None),
        ("idna", None),
        ("utf-7", None),
        ("", None),
        (None, None),
    ],
)
def test_labels_mean_what_browsers_mean_by_them(label: str | None, charset: str | None) -> None:
    assert charset_of(label) == charset


def test_every_charset_has_a_codec_and_answers_to_its_own_name() -> None:
    assert set(LABELS) <= set(CODECS)
    for charset, codec in CODECS.items():
        assert codecs.lookup(codec)
        assert charset_of(charset) == (None if charset.startswith("utf-32") else charset)


def test_no_label_stands_for_two_charsets() -> None:
    listed = [label for several in LABELS.values() for label in several.split()]
    assert len(listed) == len(set(listed)) == len(charsets.BY_LABEL)
