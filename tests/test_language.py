"""Text -> language."""

import pytest

from ledger.extract.language import language_of
from ledger.extract.markdown import read_markdown


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The dam near the town broke, and it was never inspected.", "en"),
        ("Der Damm bei der Stadt ist gebrochen und wurde nicht geprüft.", "de"),
        ("Le barrage de la ville est rompu et il n'a pas été inspecté.", "fr"),
        ("La presa de la ciudad se rompió y no fue revisada por los técnicos.", "es"),
        ("大坝在周一决堤，没有人受伤。", "zh"),
        ("ダムが月曜日に決壊した。けが人はいない。", "ja"),
        ("댐이 월요일에 무너졌다. 다친 사람은 없다.", "ko"),
        ("Плотина у города прорвалась, никто не пострадал.", "ru"),
        ("Гребля біля міста прорвалася, її ніколи не перевіряли.", "uk"),
        ("انهار السد يوم الاثنين ولم يصب أحد.", "ar"),
        ("Le chômage a baissé de 0,3 point au deuxième trimestre, selon l'Insee.", "fr"),
        ("Il governo ha approvato la riforma della scuola.", "it"),
        ("El precio de la luz subió un cuatro por ciento.", "es"),
        ("Цените се повишиха с четири процента през май.", "bg"),
        ("سد در سال ۱۹۰۹ ساخته شد.", "fa"),
        ("دولت قانون جدید را تصویب کرد.", "fa"),
        ("حکومت نے نیا قانون منظور کیا۔", "ur"),
        ("12345 !!", None),
        ("", None),
        ("Xyzzy plugh quux frobnicate", None),
        ("Der Spiegel reported it.", None),
        ("De prijzen daalden.", None),
    ],
)
def test_language_by_script_and_function_words(text: str, code: str | None) -> None:
    assert language_of(text) == code


def test_titles_of_what_is_listed_do_not_say_the_language_of_a_text() -> None:
    titles = "- [Age-predicted heart rate of the young, revisited](https://a.example/1)\n" * 3
    text = f"# Пульс\n\nЇї ніколи не перевіряли, і це видно.\n\n## Джерела\n\n{titles}"
    assert read_markdown(text).language == "uk"
