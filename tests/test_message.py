"""Mails and saved pages -> documents: the part that is read, and who says so when."""

import plistlib
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.document import Document
from ledger.errors import ExtractError
from ledger.extract import read
from ledger.extract.media import MAIL, SAVED, media_type_of
from ledger.inputs import receive

PAGE = (
    "<html><head><title>Dams</title></head><body><h1>The dam broke</h1>"
    '<p>The dam at Fell broke – says <a href="https://a.example/1">Herald</a>.</p></body></html>'
)
HEAD = (
    "From: <Saved by Blink>\nSnapshot-Content-Location: https://fell.example/news/dam\n"
    "Subject: Dams\nDate: Sat, 3 May 2025 10:00:00 -0000\nMIME-Version: 1.0\n"
    'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="--b--"\n\n\n'
)
SAVED_PAGE = HEAD + (
    "----b--\nContent-Type: text/css\nContent-Location: cid:css\n\np { }\n"
    "----b--\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n"
    "Content-Location: https://fell.example/news/dam\n\n<h1>The dam broke</h1>\n"
    '<p>The dam at Fell broke =E2=80=93 says <a href=3D"https://a.example/1">Her=\nald</a>.</p>\n'
    "----b--\nContent-Type: text/html\n\n<p>A frame with an advertisement.</p>\n----b----\n"
)


def mail(**parts: str) -> bytes:
    message = EmailMessage()
    message["From"] = '"Roe, Ann" <ann@herald.example>'
    message["Subject"] = "Der Damm – gebrochen"
    message["Date"] = "Sat, 03 May 2025 10:00:00 +0000"
    message.set_content(parts["text"], cte="quoted-printable")
    if "page" in parts:
        message.add_alternative(parts["page"], subtype="html", cte="base64")
    if "attached" in parts:
        message.add_attachment(parts["attached"], filename="notes.txt")
    return bytes(message)


def document(body: bytes, name: str = "a.eml") -> Document:
    found, media_type, charset = read(body, name=name)
    assert (media_type, charset) == (media_type_of(body, None, name), None)
    return found


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "-"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_first_page_of_a_saved_page_is_read(name: str, end: str) -> None:
    body = SAVED_PAGE.replace("\n", end).encode()

    assert media_type_of(body, None, name) == SAVED
    found = document(body, name)
    assert found.title == "The dam broke"
    assert found.text == "The dam broke\n\nThe dam at Fell broke – says Herald."
    assert [each.url for each in found.mentions] == ["https://a.example/1"]
    assert found.published is None  # the day on which it was saved


def test_a_saved_page_says_where_it_is_from(tmp_path: Path) -> None:
    path = tmp_path / "a.mhtml"
    path.write_text(SAVED_PAGE, encoding="utf-8")

    received = receive(str(path), clock=lambda: datetime(2025, 5, 4, tzinfo=UTC))
    assert received.url == "https://fell.example/news/dam"


def test_the_page_of_a_mail_is_read_and_its_head_says_who_wrote_it() -> None:
    found = document(mail(text="The dam broke, in short.", page=PAGE))

    assert found.title == "Der Damm – gebrochen"
    assert (found.byline, found.published) == (("Roe, Ann",), "2025-05-03")
    assert found.text.endswith("The dam at Fell broke – says Herald.")


def test_a_mail_without_a_page_is_its_text_and_attachments_are_not_read() -> None:
    found = document(
        mail(text="Der Dämm brach [1].\n\n[1] https://a.example/1\n", attached="Secret.")
    )

    assert found.text == "Der Dämm brach."
    assert [entry.url for entry in found.references] == ["https://a.example/1"]
    said = [(finding.code, finding.detail) for finding in found.findings]
    assert said == [("text-left-out", "what is attached is not read: notes.txt")]


@pytest.mark.parametrize(
    ("below", "kept"),
    [
        pytest.param("Ann Roe\nHerald, https://herald.example\n", False, id="a signature"),
        pytest.param("Ann Roe\n\n[1] https://a.example/1\n", True, id="a source below it"),
        pytest.param("Ann Roe\n\n> So he wrote.\n", True, id="a quotation below it"),
        pytest.param("The gate held.\n\n" * 9, True, id="too long for one"),
    ],
)
def test_the_signature_of_a_plain_mail_is_no_part_of_its_text(below: str, *, kept: bool) -> None:
    found = document(mail(text=f"The dam broke.\n\n-- \n{below}"))
    assert found.text.startswith("The dam broke.")
    assert (found.text != "The dam broke.") == kept


def test_a_mail_that_forwards_another_is_its_own_text() -> None:
    whole = EmailMessage()
    whole["From"] = "Ann Roe <ann@herald.example>"
    whole.set_content("The dam broke, says https://a.example/1\n")
    inner = EmailMessage()
    inner.set_content("<p>The dam holds.</p>", subtype="html")
    whole.add_attachment(inner)
    found = document(bytes(whole))

    assert found.text.startswith("The dam broke")
    said = [(finding.code, finding.detail) for finding in found.findings]
    assert said == [("text-left-out", "what is attached is not read: a forwarded mail")]


def test_a_mail_without_a_name_is_known_by_its_head() -> None:
    assert media_type_of(mail(text="The dam broke."), None, "-") == MAIL
    kept = b"From: Ann Roe\nSubject: Dams\n\nThe dam broke.\n"
    assert media_type_of(kept, None, "-") == "text/plain"


DEEP = b"MIME-Version: 1.0\n" + b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (each, each)
    for each in range(3_000)
)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(DEEP, "too-deep", id="deep"),
        pytest.param(HEAD.encode(), "no-text", id="no part"),
        pytest.param(
            b"MIME-Version: 1.0\nContent-Type: image/png\n\nAAAA", "no-text", id="picture"
        ),
        pytest.param(b"Subject: =?x?Q?=00?=\nFrom: " + b"(" * 9_000, "no-text", id="no text"),
    ],
)
def test_a_mail_without_text_is_said_to_be_so(body: bytes, code: str) -> None:
    with pytest.raises(ExtractError) as caught:
        read(body, name="a.eml")
    assert caught.value.code == code


@settings(max_examples=60)
@given(st.integers(0, len(SAVED_PAGE) - 1), st.binary(max_size=4))
def test_a_damaged_one_is_read_or_refused(at: int, there: bytes) -> None:
    body = SAVED_PAGE.encode()
    try:
        found, _, _ = read(body[:at] + there + body[at + len(there) :], name="a.mhtml")
    except ExtractError:
        return
    assert found.text


def archive(**other: object) -> bytes:
    page = {
        "WebResourceData": "<html><body><h1>Dämme</h1><p>So <a href='/a'>it says</a>.</p>".encode(
            "iso-8859-1"
        ),
        "WebResourceURL": "https://pages.example/dams/",
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "iso-8859-1",
    }
    main = {"WebMainResource": {**page, **other}, "WebSubresources": [page]}
    return plistlib.dumps(main, fmt=plistlib.FMT_BINARY)


def test_the_page_of_a_web_archive_is_read_and_its_links_are_whole() -> None:
    found, media_type, _ = read(archive(), name="a.webarchive")
    assert media_type == "application/x-webarchive"
    assert found.text == "Dämme\n\nSo it says."
    assert [each.url for each in found.mentions] == ["/a"]
    assert found.base == "https://pages.example/dams/"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(archive()[:-40], "broken-file", id="cut off"),
        pytest.param(archive(WebResourceData="text"), "no-text", id="no bytes"),
        pytest.param(archive(WebResourceMIMEType="image/png"), "no-text", id="picture"),
        pytest.param(
            plistlib.dumps({"WebMainResource": 1}, fmt=plistlib.FMT_BINARY), "no-text", id="number"
        ),
    ],
)
def test_a_web_archive_without_a_page_is_said_to_be_so(body: bytes, code: str) -> None:
    with pytest.raises(ExtractError) as caught:
        read(body, name="a.webarchive")
    assert caught.value.code == code


@settings(max_examples=60)
@given(st.integers(0, len(archive()) - 1), st.binary(max_size=4))
def test_a_damaged_web_archive_is_read_or_refused(at: int, there: bytes) -> None:
    body = archive()
    try:
        found, _, _ = read(body[:at] + there + body[at + len(there) :], name="a.webarchive")
    except ExtractError:
        return
    assert found.text


def test_one_mail_of_a_mailbox_is_a_mail_and_several_are_refused() -> None:
    kept = b"From a@a.example Sat May  3 10:00:00 2025\n" + mail(text="The dam broke.\n")
    found, media_type, _ = read(kept, name="one.mbox")
    assert (found.text, media_type) == ("The dam broke.", MAIL)
    with pytest.raises(ExtractError, match=r"It holds several mails: save each as \.eml"):
        read(kept + b"\n" + kept, name="two.mbox")


def mixed(*parts: str) -> Document:
    """A mail of parts beside one another, each its type, a blank line and what it says."""
    head = "From: Ann Roe <a@h.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; "
    said = "".join(f"--x\nContent-Type: {part}\n" for part in parts)
    return document(f"{head}boundary=x\n\n{said}--x--\n".encode())


BROKE, OLD = "text/plain\n\nThe dam broke [1].\n", "text/plain\n\n[1] https://a.example/1\n"
BROKE_PAGE = '<p>The dam broke <a href="https://a.example/1">[1]</a>.</p>'
FOOT = f"text/plain\n\n{'_' * 47}\nDams mailing list\nhttps://lists.example/dams\n"


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param((BROKE, "image/png\n\nAAAA\n", OLD), id="texts"),
        pytest.param((BROKE, OLD, FOOT), id="texts and the foot of a mailing list"),
        pytest.param((f"text/html\n\n{BROKE_PAGE}", BROKE), id="a page and the same as text"),
        pytest.param((f"text/html\n\n{BROKE_PAGE}", FOOT), id="a page and a foot"),
    ],
)
def test_the_parts_of_a_mail_are_read_one_after_the_other(parts: tuple[str, ...]) -> None:
    found = mixed(*parts)
    assert found.text == "The dam broke."
    assert [each.labels for each in found.mentions] == [("1",)]
    assert [each.url for each in found.references] == ["https://a.example/1"]
    assert not found.findings


def test_pages_and_texts_beside_one_another_are_one_page() -> None:
    page = f"text/html\n\n<html><head><title>no</title></head><body>{BROKE_PAGE}</body></html>"
    found = mixed("text/plain\n\nDear all,\n\nit was < 9\nyears old.\n", page)
    assert found.text == "Dear all,\n\nit was < 9 years old.\n\nThe dam broke."


def test_a_text_in_the_words_of_a_page_that_says_something_else_is_read() -> None:
    page = "text/html\n\n<p>The dam is old. It was built by the board in May.</p>\n"
    found = mixed(page, "text/plain\n\nThe dam was not built by the board in May.\n")
    assert found.text.endswith("\n\nThe dam was not built by the board in May.")


def test_signatures_of_all_texts_of_a_mail_go() -> None:
    signed = f"{BROKE}\n-- \nAnn Roe\nHead of dams\n"
    assert mixed(signed, OLD).text == "The dam broke."
    assert mixed(signed, OLD, "text/html\n\n<p>It is old.</p>\n").text.endswith("It is old.")


def test_lines_of_lists_stay_apart_where_a_text_stands_beside_a_page() -> None:
    sources = "[1] https://a.example/1\n[2] https://a.example/2"
    text = f"text/plain\n\nIt broke [1].\nIt is old [2].\n\n{sources}\n"
    found = mixed(text, "text/html\n\n<p>See below.</p>\n")
    assert [each.url for each in found.references] == [
        "https://a.example/1",
        "https://a.example/2",
    ]


def test_what_stands_within_a_mail_and_is_no_text_is_attached_to_it() -> None:
    parts = (
        "application/pdf; name=dams.pdf\nContent-Disposition: inline\n\nAAAA\n",
        "text/markdown\n\n# Dams\n",
        "application/pgp-signature; name=sign.asc\n\nAAAA\n",
    )
    said = [(finding.code, finding.detail) for finding in mixed(BROKE, OLD, *parts).findings]
    assert said == [("text-left-out", "what is attached is not read: dams.pdf, text/markdown")]


def test_lines_that_a_mail_program_cut_are_whole() -> None:
    found = mixed(
        "text/plain; format=flowed; DelSp=Yes\n\n> So it  \n> was.\nThe dam bro \nke, says  \n"
        "https://a.exam \nple/1 now.\n-- \nAnn Roe\n"
    )
    assert found.text.endswith("The dam broke, says https://a.example/1 now.")
    assert "So it was." in found.text
    assert [each.url for each in found.mentions] == ["https://a.example/1"]


def test_a_page_that_opens_its_head_many_times_is_read_at_once() -> None:
    heads = "<head>" * 20_000
    found = mixed(f"text/html\n\n{heads}<p>It is old.</p>\n", "text/html\n\n<p>It broke.</p>\n")
    assert found.text.endswith("It broke.")


def opened(number: int, named: str = 'boundary="b{}"', before: str = "") -> str:
    delimiter = named.format(number)
    return f"Content-Type: multipart/mixed; {delimiter}\n\n{before}--b{number}\n"


def nested(named: str, before: str = "") -> str:
    return "".join(opened(number, named, before) for number in range(80)) + "a\n" * 60_000


@pytest.mark.parametrize(
    "parts",
    [
        nested('boundary="b{}"'),
        nested("boundary=b{}", "-----\n"),  # which closes none
        nested("boundary = b{}"),
        nested("boundary*0*=b{}"),
        opened(0) + "\n--b0\n" * 30_000,
    ],
)
def test_a_mail_of_more_parts_than_any_is_refused(parts: str) -> None:
    body = f"MIME-Version: 1.0\n{parts}"

    with pytest.raises(ExtractError) as refused:
        read(body.encode(), name="a.eml", media_type=MAIL)

    assert refused.value.code == "too-deep"


def test_parts_one_after_another_stand_in_none_and_are_no_depth() -> None:
    parts = [f"--a\n{opened(each)}\nA{each}.\n\n--b{each}--\n" for each in range(80)]
    head = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n"
    lines = "a\n" * 60_000

    document, *_ = read(
        f"{head}{''.join(parts)}--a--\n{lines}".encode(), name="a.eml", media_type=MAIL
    )

    assert document.text.startswith("A0.")
    assert document.text.endswith("A79.")


@pytest.mark.parametrize("head", ["Content-Type: text/plain; ", "Content-Disposition: inline; "])
@pytest.mark.no_cover
def test_a_head_with_more_to_say_than_any_is_read_to_the_end(head: str) -> None:
    # What is quadratic does not come back.
    body = f"From: a@b.example\nMIME-Version: 1.0\n{head}{'a=b;' * 100_000}\n\nThe dam fell.\n"

    document, *_ = read(body.encode(), name="a.eml", media_type=MAIL)

    assert document.text == "The dam fell."
