"""Pages made to break readers: each shape at the size named with it."""

DEPTH = 100_000
ATTRIBUTES = 50_000
MANY = 10_000
GIANT = 12_000_000


def _nested(tag: str, times: int) -> str:
    return f"<{tag}>" * times


def _page(inside: str) -> bytes:
    return (
        f"<!doctype html><title>T</title><p>Before it [1].</p>{inside}<p>After it [1].</p>"
    ).encode()


SHAPES = {
    "deep nesting": _page(_nested("div", DEPTH) + "deep" + "</div>" * DEPTH),
    "attribute flood": _page(
        "<p " + " ".join(f'a{number}="{number}"' for number in range(ATTRIBUTES)) + ">x</p>"
    ),
    "giant text node": _page("word " * (GIANT // 5)),
    "unclosed tags": _page("".join(f"<b><i><p>x{number}" for number in range(MANY))),
    "span bomb": _page(
        '<table><tr><td colspan="999999999" rowspan="65534">x</td></tr>'
        + '<tr><td colspan="1000">y</td><th rowspan="1000">z</th></tr>' * 1000
        + "</table>"
    ),
    "comment flood": _page("<!-- x --><!-->--!><!---->" * MANY),
    "entity flood": _page("&amp;&#0;&#x110000;&#xD800;&NotEqualTilde;&unknown;" * MANY),
    "nested tables": _page(_nested("table><tr><td", 5_000) + "x"),
    "many styles": _page(
        '<style>p{color:red}</style><p style="display:none">x</p><link rel=stylesheet>' * MANY
    ),
    "null bytes": _page("<p>a\0b</p>" * MANY + "\0" * 40),
    "mixed encodings": b"<!doctype html><meta charset=utf-16><meta charset=shift_jis>"
    + b"<p>Z\xc3\xbcrich \xfc \x83\x5c \xff\xfe [1].</p>" * MANY,
    "script soup": _page(
        "<script><!--<script>document.write('</scr'+'ipt><p>x</p>')</script>-->"
        "<svg><script>/*</svg>*/</script><math><mi><table><p>y</math>" * MANY
    ),
}
