"""The dialects that AI services write, and what copying an answer leaves of them."""

import re

from ledger.extract.markers.admit import if_listed, if_prefixed
from ledger.extract.markers.dialect import TARGET, WORDS, Dialect
from ledger.extract.markers.marker import (
    CROSS_TURN,
    Marker,
    read_all_of,
    read_called_link,
    read_card,
    read_cite_element,
    read_leftover_link,
    read_nothing,
    read_prefixed,
    read_turns,
)
from ledger.extract.markers.named_keys import read_named_keys
from ledger.extract.markers.numbers import NUMBERS, expand
from ledger.patterns import later

_ATTRIBUTABLE = r'"attribution":\{"attributableIndex":"[0-9]{1,4}(?:-[0-9]{1,4})?"\}'
_INDEX = later(r'(?<=Index":")[0-9-]{1,9}')

_OF_ONE_WAY = r"(?:ref|web|post|memory|search|file|doc|source|cite|citation)[:_][0-9]{1,4}"
"""One of several in one pair of brackets: "[ref_2,ref_3]", "[web:1, post:3]"."""

OF_SERVICES: tuple[Dialect, ...] = (
    Dialect(
        "private-use mark",
        "\ue200cite\ue202turn0search3\ue202turn1news0\ue201",
        r"\ue200[a-z_]{0,20}(?:\ue202[^\ue200-\ue20f\n]{1,200}){0,60}\ue201|[\ue200-\ue20f]",
        read_turns,
    ),
    Dialect(
        "remains of a private-use mark",
        "citeturn0search3turn1news0",
        r"(?:file)?cite(?:turn[0-9]{1,7}[a-z]{2,12}?[0-9]{1,3}(?:L[0-9]{1,6}-L[0-9]{1,6}){0,4}){1,30}"
        r"(?![a-z0-9])",
        read_turns,
    ),
    Dialect(
        "content reference",
        ":contentReference[oaicite:2]{index=2}",
        r":contentReference\[oaicite:[0-9]{1,4}\](?:\{?index=[0-9]{1,4}\})?",
        read_all_of(re.compile(r"(?<=oaicite:)[0-9]{1,4}")),
    ),
    Dialect(
        "directive",
        ':antCitation[]{citations="0a1b2c3d-0000-4000-8000-000000000000"}',
        r":antCitation\[\]\{citations=\"[^\"{}\n]{1,2000}\"[^{}\n]{0,100}\}",
        lambda raw: read_named_keys(raw.split('"', 2)[1]),
    ),
    Dialect(
        "key in braces",
        "{{cite:roe-report}}",
        r"\{\{cite:\s?[^{}\s]{1,300}(?:,\s[^{}\s]{1,300}){0,9}\s?\}\}",
        lambda raw: read_named_keys(raw[len("{{cite:") : -2].split("|")[0]),
    ),
    Dialect(
        "leftover link",
        "[oai_citation:0‡Reuters](https://example.org/a)",
        rf"\[oai_citation:[0-9]{{1,4}}[^\[\]\n]{{0,200}}\](?:{TARGET})?",
        read_leftover_link,
    ),
    Dialect(
        "link called a citation",
        "[citation:Tides of the port](https://example.org/a)",
        rf"\[[Cc]itation:\s?{WORDS}\]{TARGET}",
        read_called_link,
    ),
    Dialect(
        "located source",
        "【5†source】",
        r"[【\[](?:[0-9]{1,3}(?::[0-9]{1,3})?†[^【】\[\]\n]{0,80})[】\]]",
        read_all_of(later(r"[0-9]{1,3}(?::[0-9]{1,3})?(?=†)")),
    ),
    Dialect(
        "number behind a dagger",
        "【†cite_1†】",
        r"【†cite_[0-9]{1,4}†】",
        read_all_of(later(r"[0-9]{1,4}")),
        if_prefixed,
    ),
    Dialect(
        "located in a file",
        "【F:src/app.py†L6-L29】",  # "【a1b2c3†L1-L4】": what a command printed
        r"【(?:F:[^【】†\n]{1,240}|[0-9a-z]{4,20}|[^【】†\n]{2,120}(?=†L[0-9]))†[^【】\[\]\n]{0,80}】",
        lambda raw: Marker((raw[1 : raw.index("†")].removeprefix("F:"),)),
    ),
    Dialect(
        "claim span",
        "[span_1](start_span)",
        r"\[(?:span_[0-9]{1,4}\]\((?:start_span\)|end_span\)(?=[\s.。]{0,3}\[cite))"
        r"|cite_(?:start|end)\])",
        read_nothing,
    ),
    Dialect(
        "end of a claim span",
        "[span_1](end_span)",
        r"\[span_[0-9]{1,4}\]\(end_span\)",
        lambda raw: Marker((raw[1 : raw.index("]")],)),
    ),
    Dialect(
        "prefixed number",
        "[citation:3]",
        rf"{CROSS_TURN.pattern}|"
        r"\\?\[(?:[Cc]ite|[Cc]itation|[Rr]ef|[Rr]eference|[Ss]ource|web|post|memory|search"
        rf"|attached\\?_file|file|page|x|doc|document|chunk|passage|snippet|result|id|ID)[:_]\s?{NUMBERS}\\?\]|\{{\{{citation:[0-9]{{1,4}}\}}\}}"
        r"|\[(?:web|src|source|ref|doc|chunk|search|news|result)-[0-9]{1,3}\](?![(:])"
        rf"|\[{_OF_ONE_WAY}(?:\s?[,;]\s?{_OF_ONE_WAY}){{1,20}}\]",
        read_prefixed,
        if_prefixed,
    ),
    Dialect(
        "number in an element",
        "<cite>3</cite>",
        rf"<(?:cite|citation|source|ref)>\s?\[?{NUMBERS}\]?\s?</(?:cite|citation|source|ref)>",
        lambda raw: Marker(expand(raw[raw.index(">") + 1 : raw.rindex("<")].strip(" []")) or ()),
        if_listed,
    ),
    Dialect(
        "numbered context",
        "[CONTEXT 0]",
        r"\[CONTEXT [0-9]{1,3}\](?![(:])",
        lambda raw: Marker((raw[1:-1],)),
    ),
    Dialect(
        "number that leads to its list",
        "[4,7](@ref)",
        rf"\[{NUMBERS}\]\((?:@ref|(?:ref|source|src|cite|citation|fn|note)[-_:]?[0-9]{{0,4}})\)",
        lambda raw: Marker(expand(raw[1 : raw.index("]")]) or ()),
    ),
    Dialect(
        "words with an attributable index",
        '^[It rose.]({"attribution":{"attributableIndex":"3-1"}})',
        rf"\^?\[{WORDS}\]\(\{{{_ATTRIBUTABLE}\}}\)",
        lambda raw: Marker(
            (_INDEX.findall(raw)[-1],), words=raw[raw.index("[") + 1 : raw.rindex("](")]
        ),
    ),
    Dialect(
        "attributable index",
        '{"attribution":{"attributableIndex":"3-1"}}',
        r"\{" + _ATTRIBUTABLE + r"\}",
        read_all_of(_INDEX),
    ),
    Dialect(
        "cite element",
        '<cite index="3-1,3-4">rose by a third</cite>',
        r'[<(]cite index="[0-9][0-9,: -]{0,80}">(?:[^<\n]|<(?!/?cite\b)){0,600}+</cite>',
        read_cite_element,
    ),
    Dialect(
        "span of Cohere",
        "<co: 0,1>rose by a third</co: 0,1>",
        rf"<co:\s?{NUMBERS}>(?:[^<\n]|<(?!/?co\b)){{1,600}}+</co(?::\s?{NUMBERS})?>",
        lambda raw: Marker(
            expand(raw[4 : raw.index(">")].strip()) or (),
            words=raw[raw.index(">") + 1 : raw.rindex("</")],
        ),
    ),
    Dialect(
        "copied chip",
        "【chip:example+1】",  # as `chips.with_chips_apart` writes it
        r"【chip:[^【】\n]{2,60}】",
        lambda raw: Marker((raw[6:-1],)),
    ),
    Dialect(
        "rendered card",
        '<grok:render type="render_inline_citation"><argument name="citation_id">8</argument>'
        "</grok:render>",
        r"<grok:render[^<>\n]{0,300}>(?:[^<]|<(?!/?grok:render)){0,600}+</grok:render>"
        r"|<grok-card[^<>\n]{0,600}>(?:</grok-card>)?",
        read_card,
    ),
    Dialect(
        "cards of a lost answer",
        '[](grok_render_citation_card_json={"cardIds":["3bb883"]})',
        r"\[\]\(grok_render_citation_card_json=\{[^(){}\n]{0,600}\}\)",
        read_all_of(later(r'(?<=")[0-9a-f]{4,16}(?=")')),
    ),
)
"""Their marks are like nothing else, so that they stand before all other dialects."""
