"""Charset label -> the charset that browsers understand by it.

The labels of the WHATWG Encoding Standard, because pages are written for browsers: whoever says
iso-8859-1 gets windows-1252. Labels are compared by their letters and digits alone, which folds
"ISO_8859-1:1987" and "iso8859-1" without listing both. The list is closed: Python's own would also
take "hex" and "zip" for charsets.
"""

import re

UTF_8 = "utf-8"
WINDOWS_1252 = "windows-1252"

CODECS = {
    UTF_8: "utf_8",
    "utf-16le": "utf_16_le",
    "utf-16be": "utf_16_be",
    "utf-32le": "utf_32_le",  # no label of the standard: by byte order mark only
    "utf-32be": "utf_32_be",
    WINDOWS_1252: "cp1252",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1253": "cp1253",
    "windows-1254": "cp1254",
    "windows-1255": "cp1255",
    "windows-1256": "cp1256",
    "windows-1257": "cp1257",
    "windows-1258": "cp1258",
    "windows-874": "cp874",
    "iso-8859-2": "iso8859_2",
    "iso-8859-3": "iso8859_3",
    "iso-8859-4": "iso8859_4",
    "iso-8859-5": "iso8859_5",
    "iso-8859-6": "iso8859_6",
    "iso-8859-7": "iso8859_7",
    "iso-8859-8": "iso8859_8",
    "iso-8859-10": "iso8859_10",
    "iso-8859-13": "iso8859_13",
    "iso-8859-14": "iso8859_14",
    "iso-8859-15": "iso8859_15",
    "iso-8859-16": "iso8859_16",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "ibm866": "cp866",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "gb18030": "gb18030",  # decodes all of gbk and gb2312
    "big5": "big5hkscs",
    "euc-kr": "cp949",
}
"""Charset -> Python's codec for it."""

MULTIBYTE = frozenset({"shift_jis", "euc-jp", "iso-2022-jp", "gb18030", "big5", "euc-kr"})

LABELS = {
    UTF_8: "utf8 unicode11utf8 unicode20utf8 xunicode20utf8",
    "utf-16le": "utf16 utf16le csunicode iso10646ucs2 ucs2 unicode unicodefeff",
    "utf-16be": "utf16be unicodefffe",
    WINDOWS_1252: "ansix341968 ascii usascii cp1252 xcp1252 windows1252 cp819 ibm819 csisolatin1 "
    "iso88591 iso885911987 isoir100 l1 latin1",
    "windows-1250": "windows1250 cp1250 xcp1250",
    "windows-1251": "windows1251 cp1251 xcp1251",
    "windows-1253": "windows1253 cp1253 xcp1253",
    "windows-1254": "windows1254 cp1254 xcp1254 csisolatin5 iso88599 iso885991989 isoir148 l5 "
    "latin5",
    "windows-1255": "windows1255 cp1255 xcp1255",
    "windows-1256": "windows1256 cp1256 xcp1256",
    "windows-1257": "windows1257 cp1257 xcp1257",
    "windows-1258": "windows1258 cp1258 xcp1258",
    "windows-874": "windows874 dos874 iso885911 tis620",
    "iso-8859-2": "iso88592 iso885921987 csisolatin2 isoir101 l2 latin2",
    "iso-8859-3": "iso88593 iso885931988 csisolatin3 isoir109 l3 latin3",
    "iso-8859-4": "iso88594 iso885941988 csisolatin4 isoir110 l4 latin4",
    "iso-8859-5": "iso88595 iso885951988 csisolatincyrillic cyrillic isoir144",
    "iso-8859-6": "iso88596 iso885961987 iso88596e iso88596i csiso88596e csiso88596i arabic "
    "asmo708 csisolatinarabic ecma114 isoir127",
    "iso-8859-7": "iso88597 iso885971987 csisolatingreek ecma118 elot928 greek greek8 isoir126 "
    "suneugreek",
    "iso-8859-8": "iso88598 iso885981988 iso88598e iso88598i csiso88598e csiso88598i "
    "csisolatinhebrew hebrew isoir138 visual logical",
    "iso-8859-10": "iso885910 csisolatin6 isoir157 l6 latin6",
    "iso-8859-13": "iso885913",
    "iso-8859-14": "iso885914",
    "iso-8859-15": "iso885915 csisolatin9 l9",
    "iso-8859-16": "iso885916",
    "koi8-r": "koi8r cskoi8r koi koi8",
    "koi8-u": "koi8u koi8ru",
    "ibm866": "ibm866 866 cp866 csibm866",
    "macintosh": "macintosh csmacintosh mac xmacroman",
    "x-mac-cyrillic": "xmaccyrillic xmacukrainian",
    "shift_jis": "shiftjis csshiftjis ms932 mskanji sjis windows31j xsjis",
    "euc-jp": "eucjp cseucpkdfmtjapanese xeucjp",
    "iso-2022-jp": "iso2022jp csiso2022jp",
    "gb18030": "gb18030 gbk xgbk chinese csgb2312 csiso58gb231280 gb2312 gb231280 isoir58",
    "big5": "big5 big5hkscs cnbig5 csbig5 xxbig5",
    "euc-kr": "euckr cseuckr csksc56011987 isoir149 korean ksc56011987 ksc56011989 ksc5601 "
    "windows949",
}
"""Charset -> its labels, letters and digits only."""

BY_LABEL = {label: charset for charset, labels in LABELS.items() for label in labels.split()}
NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")


def charset_of(label: str | None) -> str | None:
    """The charset that `label` stands for; None for no label and for one that nobody knows."""
    return BY_LABEL.get(NOT_ALPHANUMERIC.sub("", (label or "").lower()))
