"""Chat exports -> conversations, and a conversation -> what the assistant said."""

import json
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ExtractError
from ledger.extract.answers.chats import is_conversation, read_chat
from ledger.inputs import find_inputs, receive
from ledger.pipeline.read import read
from ledger.store import open_ledger

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def conversation(text: str, **also: Any) -> dict[str, Any]:
    message = {"author": {"role": "assistant"}, "content": {"parts": [text]}}
    return {"mapping": {"a": {"parent": None, "message": message}}, "current_node": "a", **also}


GOOD = conversation("The dam broke.", id="one", title="Dams")
OTHER = conversation("It rained.", conversation_id="two", title="Rain")
SILENT = {"id": "three", "mapping": {}}


def texts(names: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for name in names:
        try:
            article = read(receive(name, clock=lambda: NOON)).article
        except ExtractError as error:
            found[name.rpartition("#")[2]] = error.code
        else:
            assert article is not None
            found[name.rpartition("#")[2]] = article.text
    return found


def test_each_conversation_of_a_folder_is_an_input_and_a_bad_one_fails_alone(
    tmp_path: Path,
) -> None:
    rows = [GOOD, "no conversation", SILENT, OTHER, {**OTHER, "title": "Again"}]
    (tmp_path / "conversations.json").write_text(json.dumps(rows))
    (tmp_path / "user.json").write_text("{}")

    found = find_inputs([str(tmp_path)])

    assert [list(files) for files in found.refused.values()] == [[str(tmp_path / "user.json")]]
    assert texts(found.names) == {
        "one": "The dam broke.",
        "2": "unsupported-type",
        "three": "no-text",
        "two": "It rained.",
        "5": "It rained.",
    }
    assert texts((f"{tmp_path}/conversations.json#none",)) == {"none": "not-found"}


@pytest.mark.parametrize("whole", [[GOOD, OTHER], {"conversations": [GOOD, OTHER]}])
def test_an_export_is_read_as_file_folder_or_zip(tmp_path: Path, whole: Any) -> None:
    plain, packed = tmp_path / "plain", tmp_path / "packed"
    for folder in (plain, packed):
        folder.mkdir()
    (plain / "conversations.json").write_text(json.dumps(whole))
    (plain / "chats.json").write_text(json.dumps(whole))
    with zipfile.ZipFile(packed / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("export/conversations.json", json.dumps(whole))
        archive.writestr("export/chat.html", "<p>All of it again.</p>")
    expected = {"one": "The dam broke.", "two": "It rained."}

    for name in (plain, plain / "conversations.json", plain / "chats.json", packed):
        assert texts(find_inputs([str(name)]).names) == expected
    assert texts(find_inputs([str(packed / "export.zip")]).names) == expected


@pytest.mark.parametrize("ids", [("2", None), (None, "1"), ("1", "1"), ("3", None, None)])
def test_no_conversation_takes_the_place_of_another(
    tmp_path: Path, ids: tuple[str | None, ...]
) -> None:
    rows = [
        conversation(f"Dam {number} broke.") | ({"id": own} if own else {})
        for number, own in enumerate(ids)
    ]
    (tmp_path / "conversations.json").write_text(json.dumps(rows))
    found = texts(find_inputs([str(tmp_path)]).names)
    assert sorted(found.values()) == [f"Dam {number} broke." for number in range(len(ids))]


def test_the_files_of_a_large_export_are_counted_apart(tmp_path: Path) -> None:
    bare = conversation("The dam broke.")
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("conversations-000.json", json.dumps([bare]))
        archive.writestr("conversations-001.json", json.dumps([bare]))

    names = find_inputs([str(tmp_path)]).names

    assert texts(names) == {"0-1": "The dam broke.", "1-1": "The dam broke."}


def test_the_export_of_grok_is_known_by_its_name_in_a_zip(tmp_path: Path) -> None:
    rows = [
        {
            "conversation": {"id": "one", "title": "Dams"},
            "responses": [{"response": {"sender": "assistant", "message": "The dam broke."}}],
        }
    ]
    with zipfile.ZipFile(tmp_path / "grok.zip", "w") as archive:
        archive.writestr("ttl/x/prod-grok-backend.json", json.dumps({"conversations": rows}))

    assert texts(find_inputs([str(tmp_path)]).names) == {"one": "The dam broke."}


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_part_of_an_export_is_an_input_that_fails(tmp_path: Path, method: int) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("conversations-000.json", json.dumps([GOOD] * 50))
        archive.writestr("conversations-001.json", json.dumps([OTHER]), zipfile.ZIP_STORED)
        archive.writestr("conversations-002.json", '[{"mapping": ')
        archive.writestr("conversations-003.json", "[]")
    body = bytearray(path.read_bytes())
    body[60:80] = bytes(each ^ 0xFF for each in body[60:80])
    path.write_bytes(body)

    assert texts(find_inputs([str(path)]).names) == {
        "two": "It rained.",
        "0-conversations-000.json": "unreadable",
        "2-conversations-002.json": "unsupported-type",
    }


def test_many_pictures_before_the_conversations_hide_none(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(1_200):
            archive.writestr(f"{number}.png", b"")
        archive.writestr("conversations.json", json.dumps([GOOD]))
    assert texts(find_inputs([str(path)]).names) == {"one": "The dam broke."}


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("conversations.json", b'[{"mapping": ', "unsupported-type"),
        ("conversations.json", b"[" * 100_000, "unsupported-type"),
        ("export.zip", b"PK\x03\x04 torn", "unsupported-type"),
        ("export.zip", b"", "empty"),
    ],
)
def test_a_broken_export_is_an_input_that_fails(
    tmp_path: Path, name: str, body: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(body)

    assert find_inputs([str(path)]).names == (str(path),)
    with pytest.raises(ExtractError) as caught:
        read(receive(str(path), clock=lambda: NOON))
    assert caught.value.code in (code, "binary")


def test_a_file_may_be_called_like_a_conversation(tmp_path: Path) -> None:
    (tmp_path / "page").write_text("Another page.")
    (tmp_path / "page#2").write_text("The dam broke.")

    assert texts((f"{tmp_path}/page#2",)) == {"2": "The dam broke."}


@pytest.mark.parametrize("name", ["a\0b#c", "a" * 5000 + "#c", "none#c", "#", "#c", "a#"])
def test_a_name_that_is_no_conversation_is_a_file_that_is_not_there(name: str) -> None:
    with pytest.raises(ExtractError):
        receive(name, clock=lambda: NOON)


def test_a_conversation_has_an_address_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps([GOOD, OTHER]))

    received = [receive(name, clock=lambda: NOON) for name in find_inputs([str(path)]).names]

    assert [each.url for each in received] == [f"{path.as_uri()}#one", f"{path.as_uri()}#two"]
    with open_ledger(str(tmp_path / "l.db"), clock=lambda: NOON) as ledger:
        articles = [ledger.append(read(each)).article_id for each in received]
    assert len(set(articles)) == 2


def test_an_address_may_be_given_for_a_conversation(tmp_path: Path) -> None:
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps([GOOD]))
    url = "https://a.example/chat"

    assert receive(f"{path}#one", clock=lambda: NOON, url=url).url == url


def test_without_a_last_node_the_last_branch_counts() -> None:
    def node(parent: str | None, text: str) -> dict[str, Any]:
        message = {"author": {"role": "assistant"}, "content": {"parts": [text]}}
        return {"parent": parent, "message": message}

    tree = {"a": node(None, "A."), "b": node("a", "Old."), "c": node("a", "New.")}
    answer = read_chat(json.dumps({"mapping": tree}))

    assert answer is not None
    assert answer.text == "A.\n\nNew."


def test_a_branch_of_claude_is_followed_from_its_leaf() -> None:
    messages = [
        {"uuid": "1", "sender": "assistant", "text": "A."},
        {"uuid": "2", "parent_message_uuid": "1", "sender": "assistant", "text": "Old."},
        {"uuid": "3", "parent_message_uuid": "1", "sender": "assistant", "text": "New."},
    ]
    found = {"chat_messages": messages, "current_leaf_message_uuid": "3"}
    answer = read_chat(json.dumps(found))

    assert answer is not None
    assert answer.text == "A.\n\nNew."


def test_messages_in_a_circle_are_each_read_once() -> None:
    whole = conversation("A.")
    whole["mapping"]["a"]["parent"] = "a"

    answer = read_chat(json.dumps(whole))

    assert answer is not None
    assert answer.text == "A."


MARK = "\ue200cite\ue202turn0search1\ue201"
pages = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["grouped_webpages", "webpage", "file", "entity", "hidden"]),
        "matched_text": st.sampled_from([MARK, " ", "", "dam", None]),
        "start_idx": st.integers(-3, 40) | st.none(),
        "end_idx": st.integers(-3, 40) | st.none(),
        "start_ix": st.integers(-3, 40),
        "end_ix": st.integers(-3, 40) | st.none(),
        "url": st.sampled_from(["https://a.example/1", "", None]),
        "name": st.text(max_size=4),
        "alt": st.text(max_size=4),
        "items": st.lists(st.just({"url": "https://b.example/2"}), max_size=2),
        "metadata": st.just({"url": "https://c.example/3", "title": "C"}),
    },
)  # fmt: skip


@given(st.lists(pages, max_size=4), st.lists(pages, max_size=4))
def test_no_place_whatever_of_a_citation_loses_prose(refs: list[Any], cited: list[Any]) -> None:
    whole = conversation(f"The Damm{MARK} broke{MARK} today. 【1†x】")
    message = whole["mapping"]["a"]["message"]
    message["metadata"] = {"content_references": refs, "citations": cited}

    answer = read_chat(json.dumps(whole))

    assert answer is not None
    prose = re.sub(r"\[[0-9]+\]", "", answer.text)
    assert [word for word in ("The", "Damm", "broke", "today.") if word not in prose] == []


def test_what_people_answered_to_a_survey_is_no_chat() -> None:
    rows = [{"sender": "ann", "message": "The dam is old."}, {"sender": "bo", "message": "No."}]
    assert not is_conversation({"responses": rows})
    assert is_conversation({"responses": [*rows, {"sender": "ASSISTANT", "message": "It is."}]})
