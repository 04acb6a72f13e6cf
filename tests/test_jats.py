"""Articles as journals keep them (JATS) -> documents: works, notes, formulas, hostile ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.document import Document
from ledger.errors import ExtractError
from ledger.extract import read
from ledger.extract.media import JATS, media_type_of

TYPE = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD '
    'v1.2 20190208//EN" "JATS-archivearticle1.dtd">'
)
SPACES = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"'
FRONT = (
    "<front><journal-meta><journal-title>Ports</journal-title></journal-meta><article-meta>"
    '<article-id pub-id-type="doi">10.1234/ports.5</article-id>'
    "<title-group><article-title>Growth of <italic>Alder</italic></article-title></title-group>"
    '<contrib-group><contrib contrib-type="author"><name><surname>Roe</surname>'
    '<given-names>Ann</given-names></name><xref ref-type="aff" rid="I1">1</xref></contrib>'
    '<contrib contrib-type="author"><collab>The Port Group</collab></contrib>'
    '<contrib contrib-type="editor"><name><surname>Ed</surname></name></contrib></contrib-group>'
    '<aff id="I1"><label>1</label>A university</aff>'
    '<pub-date pub-type="collection"><year>2008</year></pub-date>'
    '<pub-date pub-type="epub"><day>11</day><month>April</month><year>2008</year></pub-date>'
    "<permissions><license><p>Free for all [1].</p></license></permissions>"
    "<abstract><p>Ports were measured.</p></abstract></article-meta></front>"
)
A, B = "https://doi.org/10.5678/sea.1", "https://ships.example/late"
WORKS = (
    '<ref id="B1"><label>1</label><element-citation><person-group person-group-type="author">'
    "<name><surname>Poe</surname><given-names>B</given-names></name><etal/></person-group>"
    "<article-title>On ports</article-title><source>Sea</source><year>2018</year>"
    "<volume>3</volume><issue>2</issue><fpage>1</fpage><lpage>9</lpage>"
    '<pub-id pub-id-type="pmid">77</pub-id><pub-id pub-id-type="doi">10.5678/sea.1</pub-id>'
    "</element-citation></ref>"
    '<ref id="B2"><label>2</label><mixed-citation>Doe, C. (2019) Late ships. '
    f'<ext-link ext-link-type="uri" xlink:href="{B}">{B}</ext-link></mixed-citation></ref>'
    '<ref id="B3"><label>3</label><mixed-citation>Moe, D. Cranes. Quay Press, 2020.'
    "</mixed-citation></ref>"
)


def cited(id: str, words: str) -> str:
    return f'<xref ref-type="bibr" rid="{id}">{words}</xref>'


def article(*body: str, works: str = WORKS, before: str = TYPE, more: str = "") -> bytes:
    return (
        f'{before}<article {SPACES} article-type="research-article" xml:lang="en">{FRONT}'
        f"<body><sec><title>Growth</title>{''.join(body)}</sec></body>"
        f"<back>{more}<ref-list>{works}</ref-list></back></article>"
    ).encode()


def document(*body: str, works: str = WORKS, more: str = "") -> Document:
    return read(article(*body, works=works, more=more), name="a.xml")[0]


def markers(body: str, works: str = WORKS) -> list[list[str]]:
    """The labels of the mentions of a paragraph, group by group."""
    found = document(f"<p>{body}</p>", works=works)
    groups: dict[int, list[str]] = {}
    for mention in found.mentions:
        if mention.form != "navigation":
            groups.setdefault(mention.run, []).extend(mention.labels)
    return list(groups.values())


def test_what_the_file_says_of_the_article_is_its_head() -> None:
    found = document("<p>Ports grew.</p>")
    assert (found.title, found.byline, found.published, found.language) == (
        *("Growth of Alder", ("Ann Roe", "The Port Group")),
        *("2008-04-11", "en"),
    )
    assert "Ports were measured." in found.text
    assert "Free for all" not in found.text
    assert "university" not in found.text


@pytest.mark.parametrize(
    ("body", "groups"),
    [
        (f"Ports grew [{cited('B1', '1')}].", [["1"]]),
        (f"Ports grew [{cited('B1', '1')},{cited('B2', '2')}].", [["1", "2"]]),
        (f"Ports grew [{cited('B1', '1')}-{cited('B3', '3')}].", [["1", "2", "3"]]),
        (f"Ports grew {cited('B1', '[1]')}, {cited('B3', '[3]')}.", [["1", "3"]]),
        (f"Ports grew {cited('B1 B3', '[1,3]')}.", [["1", "3"]]),
        (f"Ports grew [{cited('B1 B2 B3', '1–3')}].", [["1", "2", "3"]]),
        (f"Ports grew.<sup>{cited('B1', '1')},{cited('B3', '3')}</sup>", [["1", "3"]]),
        (f"Ports grew.{cited('B1 B3', '<sup>1,3</sup>')}", [["1", "3"]]),
        (f"Ports grew ({cited('B2', 'Doe, 2019')}).", [["Doe 2019"]]),
        ('Cranes rose (<xref ref-type="fig" rid="F1">Figure 1</xref>).', []),
        ('Table <xref ref-type="table" rid="T1">1</xref> tells of it.', []),
        ("It rose 10<sup>3</sup> fold.", []),
        ('Ports grew <xref ref-type="bibr" rid="B2"/>.', [["2"]]),
    ],
)
def test_every_way_to_cite_a_work(body: str, groups: list[list[str]]) -> None:
    assert markers(body) == groups


def test_works_are_put_together_from_their_parts_and_found_where_they_are() -> None:
    body = "".join(f"<p>It grew [{cited(f'B{n}', str(n))}].</p>" for n in (1, 2, 3))
    found = document(body).references
    assert [(each.title, each.urls) for each in found] == [
        ("Poe B, et al. (2018). On ports. Sea 3(2):1–9", (A,)),
        ("Doe, C. (2019) Late ships", (B,)),
        ("Moe, D. Cranes. Quay Press, 2020", ()),
    ]


def test_a_work_without_a_doi_is_found_by_what_else_it_has() -> None:
    def work(id: str) -> str:
        return (
            f'<ref id="B1"><label>1</label><mixed-citation>Poe. Ports. {id}</mixed-citation></ref>'
        )

    def address(id: str) -> tuple[str, ...]:
        return document(f"<p>It grew [{cited('B1', '1')}].</p>", works=work(id)).references[0].urls

    assert address('<pub-id pub-id-type="pmid">77</pub-id>') == (
        "https://pubmed.ncbi.nlm.nih.gov/77/",
    )
    assert address(
        '<pub-id pub-id-type="pmid">77</pub-id><pub-id pub-id-type="pmcid">PMC8</pub-id>'
    ) == ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC8/",)
    assert address('<pub-id pub-id-type="arxiv">arXiv:2001.00001</pub-id>') == (
        "https://arxiv.org/abs/2001.00001",
    )
    assert address('<object-id pub-id-type="doi">10.5678/sea.1</object-id>') == (A,)
    assert address('<ext-link ext-link-type="doi" xlink:href="10.5678/sea.1">x</ext-link>') == (A,)


def test_notes_captions_lists_and_tables_cite_as_the_text_does() -> None:
    found = document(
        '<p>The tide rose.<xref ref-type="fn" rid="n1">a</xref></p>',
        '<fig id="F1"><label>Figure 1</label><caption><title>Cranes.</title>'
        f"<p>Drawn after Doe [{cited('B2', '2')}].</p></caption></fig>",
        f"<list><list-item><p>Ships came [{cited('B1', '1')}].</p></list-item></list>",
        "<table-wrap><table><tr><th>Port</th><th>Growth</th></tr><tr><td>Alder</td>"
        f"<td>It grew by half [{cited('B2', '2')}].</td></tr></table></table-wrap>",
        more='<fn-group><fn id="n1"><label>a</label><p>Measured at '
        f'<ext-link ext-link-type="uri" xlink:href="{B}">the mole</ext-link>.</p></fn></fn-group>',
    )
    assert [mention.labels for mention in found.mentions if mention.labels] == [
        *(("a",), ("2",), ("1",), ("2",)),
    ]
    assert "Figure 1. Cranes. Drawn after Doe." in found.text


def only(*works: str) -> tuple[str | None, tuple[str, ...]]:
    """Title and addresses of the one work in a list."""
    listed = f'<ref id="B1"><label>1</label>{"".join(works)}</ref>'
    (found,) = document(f"<p>It grew [{cited('B1', '1')}].</p>", works=listed).references
    return found.title, found.urls


PARTS = (
    "<element-citation><article-title>Ports</article-title><year>2010</year>"
    '<pub-id pub-id-type="doi">10.5678/sea.1</pub-id></element-citation>'
)


@pytest.mark.parametrize(
    ("works", "title", "urls"),
    [
        (("<mixed-citation>Poe. Ports. 2010.</mixed-citation>", PARTS), "Poe. Ports. 2010", (A,)),
        (
            (
                '<citation-alternatives><mixed-citation xml:lang="ru">Поу. Порты. 2010.'
                '</mixed-citation><mixed-citation xml:lang="en">Poe. Ports.</mixed-citation>'
                "</citation-alternatives>",
            ),
            "Поу. Порты. 2010",
            (),
        ),
        (
            (f'<note><p>Told at <uri xlink:href="{B}">a mole</uri>.</p></note>',),
            "Told at a mole",
            (B,),
        ),
        (
            (
                "<mixed-citation><person-group><name><surname>Poe</surname><given-names>B"
                "</given-names></name><name><surname>Doe</surname><given-names>C</given-names>"
                "</name><etal/></person-group> Ports. 2010.</mixed-citation>",
            ),
            "Poe B, Doe C, et al. Ports. 2010",
            (),
        ),
        (
            (
                '<element-citation><person-group person-group-type="editor"><name><surname>Ed'
                '</surname></name></person-group><person-group person-group-type="author"><name>'
                "<surname>Poe</surname></name></person-group><source>Sea</source><year>2010</year>"
                "</element-citation>",
            ),
            "Poe (2010). Sea",
            (),
        ),
    ],
)
def test_a_work_is_told_once_by_its_authors(
    works: tuple[str, ...], title: str, urls: tuple[str, ...]
) -> None:
    assert only(*works) == (title, urls)


def test_two_works_under_one_label_are_both_told() -> None:
    one, two = (f"<mixed-citation>{said}.</mixed-citation>" for said in ("Poe, 2010", "Doe, 2011"))
    assert only(one, two)[0] == "Poe, 2010. Doe, 2011"


def test_a_range_in_one_mark_that_names_its_beginning_leads_to_both_ends() -> None:
    assert markers(f"Ports grew.<sup>{cited('B1', '1-3')}</sup>") == [["1", "2", "3"]]
    assert markers(f"Ports grew.<sup>{cited('B1 B2', '1 2')}</sup>") == [["1", "2"]]


def test_a_mark_without_words_says_the_label_of_its_work() -> None:
    works = WORKS.replace("<label>2</label>", "<label>Doe(2019)Doe and Roe</label>")
    found = document('<p>As <xref ref-type="bibr" rid="B2"/> saw, it grew.</p>', works=works)
    assert "As Doe saw, it grew." in found.text
    assert [each.labels for each in found.mentions if each.labels] == [("Doe 2019",)]


def test_notes_within_the_text_are_notes() -> None:
    note = f'<fn><p>See <ext-link xlink:href="{B}">the mole</ext-link>.</p></fn>'
    found = document(f"<p>It grew.{note} Slowly.</p>", works="")
    assert "It grew. Slowly." in found.text
    assert [(each.labels, each.form) for each in found.mentions if each.labels] == [
        (("1",), "marker")
    ]
    assert [each.urls for each in found.references] == [(B,)]


def test_what_is_told_of_files_beside_the_article_is_read_where_it_cites() -> None:
    def beside(said: str) -> str:
        return (
            "<p>It grew.</p><supplementary-material><label>S1.</label><caption>"
            f"<p>{said}</p></caption></supplementary-material>"
        )

    assert "S1. It is told." in document(beside(f"It is told [{cited('B1', '1')}].")).text
    assert "Click" not in document(beside("Click here.")).text


def test_a_formula_apart_and_a_doi_of_a_figure_do_not_run_into_the_text() -> None:
    own = "10.1234/ports.5.001"
    found = document(
        "<p>It is<disp-formula><tex-math>x</tex-math></disp-formula>metres.</p>"
        f'<fig><object-id pub-id-type="doi">{own}</object-id><label>Figure 1.</label><caption>'
        f"<title>Cranes rose [{cited('B2', '2')}].</title><p><bold>DOI:</bold> "
        "<ext-link ext-link-type='doi' "
        f"xlink:href='{own}'>http://dx.doi.org/{own}</ext-link></p></caption></fig>"
    )
    assert "It is x metres." in found.text
    assert "Figure 1. Cranes rose." in found.text
    assert own not in found.text


def test_a_day_on_which_it_was_sent_in_is_not_when_it_came_out() -> None:
    sent = article("<p>It grew.</p>").replace(b'"epub"', b'"nihms-submitted"')
    assert read(sent, name="a.xml")[0].published != "2008-04-11"


@pytest.mark.parametrize("said", ["0", "00", "9" * 6_000, "soon"])
def test_a_month_that_is_none_gives_no_day(said: str) -> None:
    body = article("<p>It grew.</p>").replace(b"April", said.encode())
    assert read(body, name="a.xml")[0].published is None


def test_members_of_a_group_are_not_authors_beside_it() -> None:
    members = (
        "<collab>The Port Group<contrib-group><contrib contrib-type='author'><name><surname>Moe"
        "</surname></name></contrib></contrib-group></collab>"
    )
    body = article("<p>It grew.</p>").replace(
        b"<collab>The Port Group</collab>", members.encode("utf-8")
    )
    assert read(body, name="a.xml")[0].byline == ("Ann Roe", "The Port Group")


def test_names_of_characters_are_read_though_the_file_does_not_declare_them() -> None:
    body = article("<p>The caf&eacute;&nbsp;grew &amp; fell&mdash;twice &lt;5.</p>")
    assert "The café grew & fell—twice <5." in read(body, name="a.xml")[0].text.replace("\xa0", " ")
    with pytest.raises(ExtractError):
        read(article("<p>The &unknownthing; grew.</p>"), name="a.xml")


def test_a_note_within_its_sentence_is_a_note() -> None:
    found = document(
        '<p>The tide rose.<fn id="n1"><label>1</label><p>Measured at '
        f'<ext-link xlink:href="{B}">the mole</ext-link>.</p></fn> It fell'
        '<xref ref-type="fn" rid="n2">2</xref><fn id="n2"><label>2</label><p>See '
        f'<ext-link xlink:href="{A}">the log</ext-link>.</p></fn> at noon.</p>',
        works="",
    )
    assert found.text.splitlines()[-1] == "The tide rose. It fell at noon."
    assert [(each.marker, each.urls) for each in found.references] == [
        ("1", (B,)),
        ("2", (A,)),
    ]
    assert [mention.labels for mention in found.mentions] == [("1",), ("2",)]


def test_a_note_among_the_works_is_read_as_one() -> None:
    note = (
        '<ref id="B4"><label>4</label><note><p>Doe told us so at <uri>https://d.example/</uri>.'
        "</p></note></ref>"
    )
    found = document(f"<p>It grew [{cited('B4', '4')}].</p>", works=WORKS + note)
    assert [each.urls for each in found.references if each.marker == "4"] == [
        ("https://d.example/",)
    ]


def test_the_marks_of_notes_are_no_part_of_a_title() -> None:
    body = article("<p>Ports grew.</p>").replace(
        b"</article-title></title-group>",
        b'<xref ref-type="fn" rid="n9">*</xref></article-title></title-group>',
    )
    assert read(body, name="a.xml")[0].title == "Growth of Alder"


def test_a_formula_in_a_sentence_is_kept_in_one_form() -> None:
    found = document(
        "<p>The tide is <inline-formula><mml:math><mml:mi>x</mml:mi><mml:mo>=</mml:mo>"
        "<mml:mn>3</mml:mn></mml:math></inline-formula> metres, or <alternatives><tex-math>"
        r"\documentclass{minimal}\begin{document}$a+b$\end{document}</tex-math>"
        "<mml:math><mml:mi>a</mml:mi><mml:mo>+</mml:mo><mml:mi>b</mml:mi></mml:math>"
        "</alternatives>, or <tex-math>"
        r"\documentclass{minimal}\begin{document}$c$\end{document}</tex-math>.</p>"
        "<disp-formula><label>(1)</label><mml:math><mml:mi>z</mml:mi></mml:math></disp-formula>"
    )
    assert "The tide is x=3 metres, or a+b, or c." in found.text
    assert "(1)" not in found.text


def test_reviews_in_the_file_are_told_and_not_read() -> None:
    body = article(f"<p>It grew [{cited('B1', '1')}].</p>").replace(
        b"</article>", b"<sub-article><body><p>We disagree [1].</p></body></sub-article></article>"
    )
    found, media_type, charset = read(body, name="a.xml")
    assert (media_type, charset) == (JATS, None)
    assert "disagree" not in found.text
    assert [each.code for each in found.findings][:1] == ["text-left-out"]


def test_abstracts_in_other_languages_are_told_and_not_read() -> None:
    again = b'<trans-abstract xml:lang="es"><p>Se midieron los puertos.</p></trans-abstract>'
    body = article("<p>It grew.</p>").replace(b"</abstract>", b"</abstract>" + again)
    found, _, _ = read(body, name="a.xml")
    assert "Ports were measured." in found.text
    assert "puertos" not in found.text
    assert found.findings[0].detail == "abstracts in other languages: 1"


def test_of_a_set_the_first_article_is_read() -> None:
    one = article("<p>It grew.</p>", before="").decode()
    two = one.replace("It grew.", "It shrank.")
    kind = '<!DOCTYPE pmc-articleset PUBLIC "-//NLM//DTD ARTICLE SET 2.0//EN" "x.dtd">'
    body = f"{kind}<pmc-articleset>{one}{two}</pmc-articleset>"
    found, _, _ = read(body.encode(), name="set.xml")
    assert "It grew." in found.text
    assert "It shrank." not in found.text
    assert [each.code for each in found.findings] == ["text-left-out"]


@pytest.mark.parametrize("declared", [None, "application/xml", "text/xml", "text/plain"])
@pytest.mark.parametrize("before", [TYPE, "", '<?xml version="1.0"?>'])
def test_it_is_known_by_its_beginning(declared: str | None, before: str) -> None:
    assert media_type_of(article("<p>x</p>", before=before), declared, "a") == JATS


def test_other_xml_is_not_taken_for_an_article() -> None:
    feed = b"<?xml version='1.0'?><rss><channel><item><article>x</article></item></channel></rss>"
    assert media_type_of(feed, "application/xml", "a.xml") == "application/xml"
    page = b"<html><body><article><h1>It grew</h1><p>By half.</p></article></body></html>"
    assert media_type_of(page, "text/html", "a.html") == "text/html"


def test_declared_entities_and_broken_files_are_refused() -> None:
    bomb = '<!DOCTYPE article [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    cut = article("<p>It grew.</p>")[:-20]
    none = TYPE.encode() + b"<other/>"
    for body in (article("<p>&b;</p>", before=bomb), cut, none):
        with pytest.raises(ExtractError) as raised:
            read(body, name="a.nxml", media_type=JATS)
        assert raised.value.code == "broken-file"


def test_a_file_without_a_text_says_so() -> None:
    body = f"{TYPE}<article {SPACES}><front><article-meta/></front></article>".encode()
    with pytest.raises(ExtractError) as raised:
        read(body, name="a.nxml")
    assert raised.value.code == "no-text"


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<sec>", "</sec>"),
        ("<p>", "</p>"),
        ('<xref ref-type="bibr" rid="B1">', "</xref>"),
        ("<fig><caption><p>", "</p></caption></fig>"),
        ("<alternatives>", "</alternatives>"),
        ("<list><list-item>", "</list-item></list>"),
        ("<ref-list><ref><mixed-citation>", "</mixed-citation></ref></ref-list>"),
    ],
)
def test_what_is_nested_without_end_is_read_as_words(opening: str, closing: str) -> None:
    deep = 5_000
    found = document(f"<p>It grew.</p>{opening * deep}It shrank.{closing * deep}")
    assert "It grew." in found.text


_NAMES = (
    "p sec title label xref ext-link fig caption table-wrap table tr td list list-item fn fn-group "
    "ref-list ref mixed-citation element-citation person-group name surname year sup sub italic "
    "disp-formula inline-formula alternatives tex-math ack app boxed-text disp-quote sub-article "
    "graphic email break"
).split()
_TREES = st.recursive(
    st.text(alphabet="a1[](),.–B 字", max_size=12),
    lambda inside: st.builds(
        lambda name, parts: f'<{name} rid="B1" ref-type="bibr" id="B1">{"".join(parts)}</{name}>',
        st.sampled_from(_NAMES),
        st.lists(inside, max_size=4),
    ),
    max_leaves=25,
)


@settings(max_examples=60, deadline=None)
@given(_TREES)
def test_no_tree_of_elements_is_too_much(tree: str) -> None:
    found = document(f"<p>It grew.</p>{tree}")
    assert found.text.count("It grew.") >= 1
    for mention in found.mentions:
        assert 0 <= mention.at <= len(found.text)


def test_works_without_labels_have_the_numbers_that_lead_to_them() -> None:
    works = "".join(
        f'<ref id="R{n}"><citation>Roe, A. Port {n}. https://a.example/{n}</citation></ref>'
        for n in range(1, 6)
    )
    text = f"<p>It grew [{cited('R1', '1')}-{cited('R4', '4')}]. It fell [{cited('R5', '5')}].</p>"
    found = document(text, works=works)
    assert [each.marker for each in found.references] == ["1", "2", "3", "4", "5"]
    assert [label for each in found.mentions for label in each.labels] == [*"12345"]
    elsewhere = document(f"{text}<p>It rose [{cited('R3', '9')}].</p>", works=works)
    assert [each.marker for each in elsewhere.references if each.marker == "2"] == []


def test_authors_may_stand_beside_a_group_of_editors() -> None:
    names = "".join(
        f"<name><surname>{name}</surname><given-names>A</given-names></name>"
        for name in ("Roe", "Doe")
    )
    editors = '<person-group person-group-type="editor">Poe C, Moe D</person-group>'
    work = f"<article-title>Lamps of ports</article-title>{editors}<year>1983</year>"
    works = f'<ref id="B1"><label>1</label><mixed-citation>{names}{work}</mixed-citation></ref>'
    (found,) = document(f"<p>It grew {cited('B1', '[1]')}.</p>", works=works).references
    assert found.raw.startswith("Roe A, Doe A (1983). Lamps of ports")


def test_notes_within_notes_that_say_nothing_are_no_entries() -> None:
    inside = "<p><fn>" * 10 + "a" + "</fn></p>" * 10
    body = f"<article><front/><body><p>It rose.</p>{inside}</body></article>".encode()

    document, *_ = read(body, name="a.xml", media_type="application/jats+xml")

    assert document.text.startswith("It rose.")
