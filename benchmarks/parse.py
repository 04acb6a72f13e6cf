"""How fast documents are read, beside a sentence splitter alone, and what hostile ones cost.

    python benchmarks/parse.py [FOLDER_OF_MARKDOWN]

Ratios hold better than seconds: both sides run in one process. "First time" is how a command meets
its texts; "again" is the best of the rounds, in which both sides remember words and addresses.
Start-up is left out: before anything is timed each side reads the fixtures, which are other texts,
so that patterns are compiled and lists are loaded. Without a folder the fixtures themselves are
timed, which is little text and begins cold. nupunkt is optional.
"""

import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from ledger.attribute import Attributor
from ledger.commands import COLLECT_AFTER
from ledger.commands.safe import escaped
from ledger.errors import ExtractError
from ledger.extract.html import read_html
from ledger.extract.markdown import read_markdown
from ledger.inputs import Received
from ledger.pipeline.item import spelled
from ledger.pipeline.parse import parse
from ledger.pipeline.read import read

FIXTURES = Path(__file__).parent.parent / "fixtures"
ROUNDS = 5
MEGABYTE = 1_000_000
NOW = datetime(2025, 1, 1, tzinfo=UTC)
SHAPES = (  # what has been quadratic somewhere, and the openings of every dialect
    "[", "a<br>b", "| a <br>", "<!-- a -->", "<!--a\n", "a <!--a\n", "| a | URL |\n|---|---|\n",
    "[[sources/a]] ", "(a; Roe, 2021) ", "a\n===\n", "3 May 2025\n", "By Ann Roe, ", "2019(2). ",
    "Dr Prof Dr Prof Ab Cd¹ and ",
    "Learn more: [1 a](http://b.c) [2 d](http://e.f)\n", "[note 1] ", "From: a\nTo: b\n",
    "Roe, A. (2021). b\n\nc\n\nd\n\ne\n\nf (Roe, 2021)\n",
    "A fell. (Reuters, BBC) ", "A. (Source: Reuters ", "Source: Reuters\n\n", "[E-01] ",
    "- E-1: a\n", "| E-1 | a |\n", "Verdict: a\n\nSource: [1]\n\n", "<https://a.b|[1]> ", "\\href{https://a.b}{",
    "[ab] x http://a.b\n", "[1] x https://a.b A a a a a\n", "[a1] x\n",
    "[1](", "[1", "![", "[a](b", "[[1]](", "a.", "*", "_x", "`", "<a ", "<", "<roe> ", "| ", "> ",
    "- ", "# ", "[1] ", "[1][2] ", "(", "“", "according to ", "according to the the ", "\\", "&",
    "https://", "http://a.b ", "www.a.b/(", "dot com ", "1. ", "^1^", "【", "\ue200", "citeturn0a0",
    "[^1]: ", "[1]: x\n", "[1] https://a.b/c\n", "a\n", "\n", "Aa. ", "U.S. ", "é", "。", " .",
    "Sources\n- a\n", "Reuters reported ", "Abc. [1] ", "told the BBC and ", "[@a;",
    "据路透社", "로이터는 ",
    "\\cite{a,", "<sup>1</sup>", "x reported ", "a1.2 ", "^[a ", "^[a] ", "[fn:a: ", "(Roe, 2021; ",
    "(Roe, 2021) ", "(1) ", "[1]–[2] ", ".a+1 ", '(cite index="1">a', ".. [1] a\n",
    ".. _a: http://b.c\n", "\\bibitem{a} b\n", "References\nRoe, A. (2021). b\n",
    "References\n(1) http://a.b\n", "([a](http://b.c), [d](http://e.f)) ", "<details>", "①", "a[1]",
    "[1-400] ", "Sources\n[1] a\nb [1]\n", "[1] a [2] b [3] c ", "| a [1] ", "(a", "𝒜", "字",
    "[a1, ", "[i] ", "[see but ", "[1 and ", "(see also ", "(Source 1, ",
    "[Source 1] https://a.b\n", "（注1、", "（Roe", "[Roe, 2021; ", "Roe [2021] ", "[Roe, 2021] ",
    "References\nJane Roe. 2021. b\n(Roe 2021) ", "※1 ", "注1）a\n", "References\n———. 2021. b\n",
    "[Roe, 2021] b\n", "a.* ", "a† ", "† a\na.† ", "@a ", "@a", "<sup>1(p1),", "[Roe 2020](#a) ",
    "(Citation: a b ", "[Ann Roe, p. 1, ", "\\(a ", "[a Opens in a new window", "<h2>a", "— a\n",
    "(a n.d.", "王五（2020）", "References\nRoe, A. (n.d.). b\n(Roe, n.d.) ",
    "1 A\n", "1 http://a.b\n", "① http://a.b\n", "|1|http://a.b|\n", "[1] a\n\nhttp://b.c\n",
    "<ol><li>a", "Sources\n<ol><li>a", "Sources\n1. http://a.b/\nc.d\n", "[1] 1. http://a.b\n# \n",
    "Sources\n1. a\n- URL: http://b.c\n", "Source: [1] http://a.b ", "Source 1: http://a.b\n",
    "|1|http://a.b|\n|2|http://a.b|\n|x|\n",
    "a* ", "a 1, ", "a 1, 2 and 3, ", "字 1。", "।1 ", "[1] and ", "[1]/", "(see [1]) ", "a.bc D",
    "([a.b](http://a.b)), ", "[[1][2]](http://a.b)", "[¹](http://a.b)", "10⁻¹ ", "¹⁴C ",
    "Sources: 1. http://a.b; ", "A. B. ", "[1], ", "[1] a", "a [1]. ", "(1) a, (2) b, ", "two (2) ",
    "[span_1](end_span)", "References\n[A-B]\n  c\n", "a (2014) shows ",
    "$^1$", "(1)(2)", "(Roe & Doe, 2021) ", "Roe et al. (2021) ", "³⁻", "1 a http://b.c ", "[1†",
    "#1 a http://b.c\n", "### [1] a http://b.c\n", "a http://b.c [1]\n", "[1: a](http://b.c)\n",
    "#1 a\n#2 a\n", "[src1] ", "⟨1⟩ ", "a^1. ", "a [Source: a] ", "a（来源：a）",
    "Learn more: [1. a](http://b.c)\n", "### Citations\n**File:** a\n", "{cite}`a` ", ":cite:",
    "{% cite a ", "【F:a†L1】", "a. ([a](http://b.c); ", "+1a. A+1", "[2. a](http://b.c)\n",
    "1/ Roe dams and more\n", "[[Roe](http://a.b)][1] ", "。(出典: [a](http://b.c))",
    "[[3](http://a.b/p#S3)] ",
    "1. a [x](#fnref1)\n", "^[1](#fn2)", "[1](#_ftnref1)\n\nRoe.\n\n",
    "1\n\nhttp://a.b\n\n", "2\n", "([a](http://b.c))\n\n", "(ROE; DOE, 2020) ",
    "[1, p. 1, p. 2, ", "[A b c d; ", "Sources\n- [A b](http://a.b)\n[A b] ",
    "| Source 1 | http://a.b |\n", "^([1](http://a.b), ", "\\[[1](#a)\\] a\n", "[1](p12)",
    "[1]. ”A ", "a. Source: a (http://a.b) ", "i. a\nii. b\n[i] ",
    "Sources\n[1] a\n\nb\n\n[2] c\n\n", "References\n1. Roe, A. (2015). b\n(Roe 2015) ",
    "a.\nreuters.com\n. B ", "a. [A](http://b.c) B. ", "字1）", "1）a\n", "[FIPS 140] a\n",
    "# a {#a}\n", "[ref_1,ref_2]", "1: http://a.b\n", "[^1]^,^", "^1(p1),", "(Source: [1]) ",
    "a.1\u200b", "ab-\ncd ", "![a [b]](c) ", "31 déc. 2022 ",
    "[1]<br>A ", "| a [1]<br>• b ", "![a [1]](b) ", "$a_1$ ", "\\(a_", "$$a",
    "[doc1] `a` ", "```a\n[doc1]\n", "a, see [1]. ", "a (#1, #2). ",
    "#+a: b\n", "`a <http://b.c>`_ ", "a [#]_ ", "@a [p. 1] ", "#footnote[a] ", ":cite[a] ",
    "<co: 0>a</co: 0> ", "[^http://a.b] ", "a 1 2 3. ", "【†cite_1†】", ":PROPERTIES:\n", "May. A",
    'a<a href="#b">1</a> ', '<p id="b">a</p>\n', "<think>\n", "<think>\n</think>\n", "</think>\n",
    "a\tb\n", "1\tb\n", "a\tb.\n", "| a bn 4 |\n", "It is Q2.1 A",
    "1. A (http://a.b) · 2. B (http://a.b) · ", "Sources: 1. http://a.b 2. http://a.b ",
    "GPT-4³ $18³ ", "a.3-5 B ", "a €.1 B ", "x 2,3, ",
    "Sources\n1. http://a.b\nFurther reading\n1. http://c.d\n", "[注 1][1] ",
    "In [3, Sec. III], a ",
    "(PMID:1234; ", "[doi:10.1234/a(", "1. (a pages 1): b\n", "(a pages 1, ", '<Cite id="',
    "[a.b:1]()", "a. [FACT] [1] ", "[CITED: a; CITED: ", "`[Source: http://a.b]` ",
    "> — [A](http://b.c), 2 May\n", '{{< cite "a" >}} ', "a. — Source: ",
    "- A: b\n- Sources: [A](http://b.c)\n- C: d e f g h\n",
    "(a.b, c.d) ", "[a.b/c] ", "(a.pdf, p. 1) ", "[a.pdf, p. 1", "(a b.", "a.com: b\n",
    "[Reuters](http://a.b) and ", "It rose. (Confidence: high) ", "(Reuters, 2023; ", "[1 bis 3] ",
    "Han kom ikke, og det var. ", "Ell no va venir amb els seus. ",
    "|---|---|\n* Footnotes\n", "([[1](http://a.b)]) A ", "x • \tA [1]. ", "[1] 】 ; a ",
    "References\n1. Roe, A. (2015). b\n\n(Roe n.d.)\n",
    "-- --\na  b\n", "[Source: a.md#b - c]\n", "1. **[S3]** a http://b.c\n", "plan A\xa0. ",
)  # fmt: skip
MARKS = (  # the same of wikitext
    "{{", "{{a}}", "{{a|b}}", "{{a|", "[[a]]", "[http://a.b c] ", "<ref>a</ref>", "<ref", "<li>a",
    "<ul><li>a</li></ul>", "==a==\n", "{{sfn|a|2020}}", "<ref>{{cite web|url=http://a.b|title=c}}</ref>",
    "{{cite web|url=http://a.b|title=c}}\n", "{|\n|a\n", "&amp;", "*a\n",
    "<gallery>\nFile:a.jpg|b\n</gallery>\n", "{{quote|a<ref>b</ref>}}",
)  # fmt: skip
PARTS = (  # of mails
    "--b\n\n", "--b\nContent-Type: text/plain\n\na\n", "--b\nContent-Type: text/html\n\n<p>a</p>\n",
    "--b\nContent-Type: multipart/mixed; boundary=b\n\n", "> a\n", "\n-- \na",
)  # fmt: skip
VALUES = ("null\n", "1 ", '{"a":1}\n', "{}\n", '{"content":"a"}\n', "[", '{"a":')  # of JSON
CITING = "Rents rose [1].\n\nDams fell (Roe, 2021).\n\n"
LISTED = "\n\nReferences\n\nRoe, A. (2021). b. http://a.b\n\nSources\n\n[1] http://c.d\n"
MAIL_HEAD = 'From: a@b.c\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'


def seconds(action: Callable[[], object]) -> tuple[float, float]:
    """Of the first time, as a command reads each text once, and of the fastest of `ROUNDS`.

    A splitter that remembers words is several times faster on a text that it has seen.
    """
    times = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        action()
        times.append(time.process_time() - begin)
    return times[0], min(times)


def received(body: bytes, media_type: str = "text/markdown") -> Received:
    return Received("a", "file:///a", "file:///a", body, NOW, media_type)


def read_one(body: bytes) -> object:
    """What `ledger ingest` does before it records; None for a document that is refused."""
    try:
        return read(received(body))
    except ExtractError:
        return None


def parse_one(body: bytes, media_type: str = "text/markdown") -> str | None:
    """What `ledger parse` does, but for writing the line; None for a document that is refused."""
    try:
        return escaped(spelled("a", parse(received(body, media_type))))
    except ExtractError:  # without any prose, or an audit of our own
        return None


def throughput(folder: Path) -> None:
    bodies = [path.read_bytes() for path in sorted(folder.rglob("*.md"))]
    size = sum(map(len, bodies)) / MEGABYTE
    texts = [body.decode("utf-8") for body in bodies]
    others = [path.read_bytes() for path in FIXTURES.rglob("*.md")] if folder != FIXTURES else []
    for body in others:
        parse_one(body)
    rows = {
        "ledger parse: lines of JSON": seconds(lambda: [parse_one(b) and None for b in bodies]),
        "ledger ingest: entries": seconds(lambda: [read_one(b) and None for b in bodies]),
        "ledger: clean text and markers": seconds(lambda: [read_markdown(text) for text in texts]),
    }
    try:
        import nupunkt

        for body in others:
            list(nupunkt.sent_tokenize(body.decode("utf-8")))
        rows["nupunkt: sentences alone"] = seconds(
            lambda: [list(nupunkt.sent_tokenize(t)) for t in texts]
        )
    except ImportError:
        print("nupunkt is not installed: no peer")
    peer = rows.get("nupunkt: sentences alone")
    print(f"{len(bodies)} documents, {size:.2f} MB, one core, start-up left out")
    print(f"  {'':40} {'first time':>20} {'again':>20}")
    for name, times in rows.items():
        cells = [f"{size / time:7.2f} MB/s" for time in times]
        if peer:
            cells = [f"{c} {p / t:5.2f} x" for c, p, t in zip(cells, peer, times, strict=True)]
        print(f"  {name:40} {cells[0]:>20} {cells[1]:>20}")


def hostile() -> None:
    print("1 MB of each shape, seconds; growth is the time for twice as much (2 is linear)")
    worst = []
    for shape, readers in shapes():
        half = shape * (MEGABYTE // 2 // len(shape))
        for name, action in readers.items():
            times = []
            for text in (half, half * 2):
                begin = time.process_time()
                action(text)
                times.append(time.process_time() - begin)
            worst.append((times[1], times[1] / max(times[0], 1e-3), name, shape))
    for seconds, growth, name, shape in sorted(worst, reverse=True)[:15]:
        print(f"  {seconds:7.2f} s  growth {growth:5.2f}  {name:9} {shape!r}")
    print(f"  median {statistics.median(row[0] for row in worst):.3f} s over {len(worst)} runs")


def shapes() -> Iterator[tuple[str, dict[str, Callable[[str], object]]]]:
    """Each shape, and what reads it, by the names of the readers."""
    for shape in SHAPES:
        yield shape, {"markdown": whole, "listed": listed, "html": read_html, "prose": prose}
    for shape in MARKS:
        yield shape, {"wikitext": lambda text: whole(text, "text/x-wiki")}
    for shape in PARTS:
        yield shape, {"mail": mail}
    for shape in VALUES:
        yield shape, {"answer": lambda text: whole(text, "application/json")}


def whole(text: str, media_type: str = "text/markdown") -> object:
    return parse_one(text.encode(), media_type)


def listed(text: str) -> object:
    """With lists that are cited: other rules are asked."""
    return whole(f"{CITING}{text}{LISTED}")


def mail(text: str) -> object:
    return whole(f"{MAIL_HEAD}{text}", "message/rfc822")


def prose(text: str) -> object:
    return Attributor(text).named(0, len(text))


if __name__ == "__main__":
    gc.set_threshold(*COLLECT_AFTER)  # as the command does
    throughput(Path(sys.argv[1]) if len(sys.argv) > 1 else FIXTURES)
    hostile()
