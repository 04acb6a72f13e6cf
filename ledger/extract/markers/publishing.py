"""The dialects of tools that publish texts: Pandoc, Org, LaTeX, Sphinx, Hugo, Distill, Typst."""

from ledger.extract.markers.admit import if_key, if_keys, if_noted
from ledger.extract.markers.dialect import LABEL, Dialect
from ledger.extract.markers.marker import INLINE_NOTE, Marker
from ledger.extract.markers.named_keys import (
    read_command,
    read_component,
    read_key,
    read_keys,
    read_latex,
    read_named_keys,
    read_role,
)
from ledger.extract.markers.numbers import NUMBERS

_BEFORE_CITE = (
    r"(?:[Aa]uto|[Pp]aren|[Ff]oot(?:full)?|[Tt]ext|[Ss]uper|[Ss]mart|full|short|online|new)?"
)
_BEHIND_CITE = r"(?:[pt](?:alias)?|al[pt]|author|year(?:par|NP)?|title|url|num|asnoun|A|A?NP)"
"""How the commands of natbib, biblatex, apacite and REVTeX are called."""
_OPTIONS, _KEYS = r"(?:\[[^\[\]\n]{0,100}\]){0,2}", r"\{[^{}\n]{1,1000}\}"

_CHARACTERS = r"\^?(?:[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9]|\\?[^\w\s\[\]]|_){1,24}"
"""What a pattern asks for at the beginning of a line: "^[a-z0-9_-]+"."""
OF_PUBLISHING: tuple[Dialect, ...] = (
    Dialect(
        "keys",
        "[@doe2020; @roe, p. 3]",
        r"\[(?:[^\[\]@\n]{0,40}[\s;]|cite(?:/[a-z/-]{1,16})?:)?-?@(?!@)[^\[\]\n]{1,300}\]",
        read_keys,
        if_keys,
    ),
    Dialect(
        "key in prose",
        "@roe2020",
        r"@(?<![\w.@/+-]@)[A-Za-z_](?:[\w:.#$%&+?~/-]{0,80}[A-Za-z0-9_])?"
        r"(?:\s?\[(?:pp?\.|[Cc]hap(?:\.|ter)|[Cc]h\.|[Ss]ec(?:\.|tion)|§|[Ff]ig\.|S\.)\s?[^\[\]\n]{1,40}\](?!\())?",
        read_key,
        if_key,
    ),
    Dialect("org footnote", "[fn:1]", rf"\[fn:{LABEL}\]", lambda raw: Marker((raw[4:-1],))),
    Dialect(
        "inline note",
        "^[Roe, in a letter.]",
        rf"\^\[(?!{NUMBERS}\])(?!{_CHARACTERS}\])"
        r"(?:(?:[^\[\]\n]|\[[^\[\]\n]{0,300}\](?:\([^\s()]{0,1000}\))?){2,1500}+"
        r"|\[[^\[\]\n]{2,300}\]\([^\s()]{3,1000}\))\](?!\()"
        r"|\[fn:(?:[A-Za-z0-9_-]{1,40})?:[^\[\]\n]{2,1500}\]",
        lambda _: Marker((INLINE_NOTE,)),
        if_noted,
    ),
    Dialect(
        "latex",
        r"\cite{doe2020,roe}",
        rf"\\{_BEFORE_CITE}[Cc]ite(?:s(?:\([^()\n]{{0,100}}\)){{0,2}}(?:{_OPTIONS}{_KEYS}){{1,9}}"
        rf"|{_BEHIND_CITE}?\*?{_OPTIONS}{_KEYS})",
        read_latex,
    ),
    Dialect(
        "role",
        "{cite:p}`doe2020,roe`",
        r"(?:\{(?:foot)?(?:full)?cite(?::[a-z]{1,12})?\}"
        r"|:(?:foot)?(?:full)?cite(?::[a-z]{1,12})?:)`[^`\n]{1,300}`",
        read_role,
    ),
    Dialect(
        "directive",
        ":cite[doe2020,roe]",
        r":cite(?:[pt]|:[a-z]{1,12})?\[[^\[\]\n]{1,300}\](?:\{[^{}\n]{0,200}\})?",
        lambda raw: read_named_keys(raw[raw.index("[") + 1 : raw.rindex("]")]),
    ),
    Dialect(
        "command of a site",
        "{% cite doe2020 roe %}",
        r"\{(?:%|\{[<%])\s{0,3}p?cite[pt]?\s[^{}\n]{1,300}\}{1,2}",
        read_command,
    ),
    Dialect(
        "component of a page",
        "<Cite id={2} />",
        r"<(?:Cite|Citation|Footnote|Source)(?:Ref|Reference|Link)?\s"
        r"(?:id|ids|key|keys|n|num|number|source|sources|index|ref|refs)=[^<>\n]{1,200}/>"
        r"|<(?:cite|citation|source|ref)\s(?:id|n|index)=\"[^\"<>\n]{1,100}\"\s?/>",
        read_component,
    ),
    Dialect(
        "element of an article",
        '<d-cite key="doe2020,roe"></d-cite>',
        r"<dt?-cite\s(?:bibtex-)?key=\"[^\"<>\n]{1,300}\"\s?>\s?</dt?-cite>",
        lambda raw: read_named_keys(raw[raw.index('"') + 1 : raw.rindex('"')]),
    ),
    Dialect(
        "typesetter's",
        "#cite(<doe2020>)",
        r"#cite\(<[^<>\n]{1,100}>[^()\n]{0,200}\)",
        lambda raw: Marker((raw[raw.index("<") + 1 : raw.index(">")],)),
    ),
)
