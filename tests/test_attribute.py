"""A sentence -> the outlets it names as its origin. Registry names stand for themselves here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.attribute import Attributor
from ledger.model import Outlet
from ledger.names import Names


def named(sentence: str) -> list[str | None]:
    return [
        each.outlet.name if each.outlet else None
        for each in Attributor(sentence).named(0, len(sentence))
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("He told the BBC and Reuters that it broke.", [("BBC", "BBC"), ("Reuters", "BBC")]),
        (
            "The Times and Reuters reported it.",
            [("The Times", "The Times"), ("Reuters", "The Times")],
        ),
        ("It broke. (Reuters, BBC)", [("Reuters", "Reuters"), ("BBC", "Reuters")]),
        ("Sources: Reuters, BBC", [("Reuters", "Reuters"), ("BBC", "Reuters")]),
        (
            "It broke (Reuters, 2023; AFP, 13 Oct 2023).",
            [("Reuters", "Reuters"), ("AFP", "Reuters")],
        ),
        ("It broke (Reuters, 2023; Roe, 2021).", []),
        ("Se rompió (Le Monde, 13-oct-2023).", [("Le Monde", None)]),
        ("It broke (Reuters, Oct. 13).", [("Reuters", None)]),
        (
            "Reuters and The Guardian reported it.",
            [("Reuters", "Reuters"), ("The Guardian", "Reuters")],
        ),
        ("Laut Reuters und der BBC brach er.", [("Reuters", "Reuters"), ("BBC", "Reuters")]),
        ("Selon Reuters et l’AFP, il a cédé.", [("Reuters", "Reuters"), ("AFP", "Reuters")]),
        (
            "He told Reuters, Axios, and Politico that it broke.",
            [("Reuters", "Reuters"), ("Axios", "Reuters"), ("Politico", "Reuters")],
        ),
        ("CNN and Reuters both reported it.", [("CNN", "CNN"), ("Reuters", "CNN")]),
        ("Reuters as well as Axios reported it.", [("Reuters", "Reuters"), ("Axios", "Reuters")]),
        ("Reuters reported it, citing the BBC.", [("Reuters", None), ("BBC", None)]),
        ("Reuters reported it.", [("Reuters", None)]),
        ("据路透社报道，堤坝决口。", [("路透社", None)]),
        (
            "据《人民日报》、《纽约时报》报道，堤坝决口。",
            [("人民日报", "人民日报"), ("纽约时报", "人民日报")],
        ),
        ("据路透社报道，《纽约时报》报道，堤坝决口。", [("路透社", None), ("纽约时报", None)]),
        ("路透社和法新社报道，堤坝决口。", [("路透社", "路透社"), ("法新社", "路透社")]),
        (
            "ロイター通信とBBCによると、堤防が決壊した。",
            [("ロイター通信", "ロイター通信"), ("BBC", "ロイター通信")],
        ),
        ("美国和路透社报道，堤坝决口。", [("路透社", None)]),
        ("他在路透社和法新社工作。", []),
        (
            "The Telegraph and Reuters said it broke.",
            [("The Telegraph", "The Telegraph"), ("Reuters", "The Telegraph")],
        ),
    ],
)
def test_names_that_one_phrase_joins_are_told_from_names_by_themselves(
    sentence: str, expected: list[tuple[str, str | None]]
) -> None:
    """Each name, and the first of the names it is joined with."""
    before = "It rained. "
    text = before + sentence
    found = Attributor(text).named(len(before), len(text))
    first = {each.start: each.name for each in found}
    assert [
        (each.name, None if each.together is None else first[each.together]) for each in found
    ] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The dam broke, according to The Wall Street Journal.", ["The Wall Street Journal"]),
        ("Reuters reported that the dam broke.", ["Reuters"]),
        ("The New York Times first reported the plan.", ["The New York Times"]),
        ("According to The New York Times, it broke.", ["The New York Times"]),
        ("It broke, says a new report by the New York Post.", ["New York Post"]),
        ("He told New Scientist that it broke.", ["New Scientist"]),
        ("It broke, according to the Daily Mirror.", ["Daily Mirror"]),
        ("The plan was reported earlier by Bloomberg.", ["Bloomberg"]),
        ("The mayor confirmed a report by Reuters.", ["Reuters"]),
        ("The mayor rejected the plan after a report by Reuters.", ["Reuters"]),
        ("It broke, says a CNN-commissioned poll, via CNN.", ["CNN"]),
        ("It broke, according to a CNN-commissioned poll.", ["CNN"]),
        ("It broke, according to AP-NORC.", ["Associated Press"]),
        ("Axios was first to report the plan.", ["Axios"]),
        ("Politico, which first reported the plan, has seen a copy.", ["Politico"]),
        ("A senior official told Axios on Sunday.", ["Axios"]),
        ("He told the BBC and Reuters that it broke.", ["BBC", "Reuters"]),
        ("The Times and the BBC said it broke.", ["The Times", "BBC"]),
        ("A Fox News correspondent reported on Monday that it broke.", ["Fox News"]),
        ("A Washington Post investigation found cracks.", ["The Washington Post"]),
        ("Analysts cited by the Wall Street Journal doubt it.", ["The Wall Street Journal"]),
        ("LONDON (Reuters) - The dam broke.", ["Reuters"]),
        ("It broke on Monday (Reuters, 2025).", ["Reuters"]),
        ("It broke in Paris (AP).", ["Associated Press"]),
        ("It broke on Monday (The Washington Post, 2025).", ["The Washington Post"]),
        ("It broke on Monday. (Reuters, BBC)", ["Reuters", "BBC"]),
        ("It broke on Monday (Reuters, BBC).", ["Reuters", "BBC"]),
        ("It broke on Monday. (Reuters, and others)", []),
        ("It broke on Monday. Its owner (BBC) said so.", []),
        ("Laut Reuters ist der Damm gebrochen.", ["Reuters"]),
        ("It broke（on Monday）according to Reuters.", ["Reuters"]),
        ("According to Time, it broke.", ["Time"]),
        ("Aid is slow, according to a report by Amnesty International.", ["Amnesty International"]),
        ("According to NASA, the probe landed.", ["NASA"]),
        ("As both NBC News and Bloomberg have reported, it broke.", ["NBC News", "Bloomberg"]),
        ("It broke, he said, via the Los Angeles Times.", ["Los Angeles Times"]),
        ("It is fatal, says WHO.", ["World Health Organization"]),
        ("“It is over”, reports Reuters.", ["Reuters"]),
        ("The BBC's report today claims that it broke.", ["BBC"]),
        (
            "According to the Centres for Disease Control (CDC), it spreads.",
            ["Centers for Disease Control and Prevention"],
        ),
        ("It was published on Monday in the journal Nature.", ["Nature"]),
        ("Reuters, citing two officials, reported that it broke.", ["Reuters"]),
        ("The plan was confirmed by the BBC on Monday.", ["BBC"]),
        ("It broke, according to both Reuters and the AP.", ["Reuters", "Associated Press"]),
        ("Laut „Spiegel“ brach der Damm.", ["Der Spiegel"]),
        ("Der Damm brach, berichtet die Nachrichtenagentur Reuters.", ["Reuters"]),
        ("Das berichtete zuerst die „Süddeutsche Zeitung“.", ["Süddeutsche Zeitung"]),
        ("Zuerst hatte der „Spiegel“ darüber berichtet.", ["Der Spiegel"]),
        ("Einem Bericht des „Spiegel“ zufolge brach er.", ["Der Spiegel"]),
        ("Nach Informationen von Reuters brach er.", ["Reuters"]),
        ("Der Damm brach, berichtete die dpa.", ["Deutsche Presse-Agentur"]),
        ("Der Damm brach, wie die taz meldet.", ["Die Tageszeitung"]),
        ("Er brach, wie Reuters unter Berufung auf die Feuerwehr meldete.", ["Reuters"]),
        ("Le barrage a cédé, rapporte l’AFP.", ["Agence France-Presse"]),
        ("Le barrage a cédé, a-t-il dit à l’AFP.", ["Agence France-Presse"]),
        ("Il a cédé, selon l’Agence France-Presse.", ["Agence France-Presse"]),
        ("Le Monde a rapporté que le barrage avait cédé.", ["Le Monde"]),
        ("La presa cedió, según informó la agencia EFE.", ["EFE"]),
        ("La presa cedió, dijo a la agencia Reuters.", ["Reuters"]),
        ("Secondo quanto riporta Repubblica, la diga ha ceduto.", ["La Repubblica"]),
        ("Lo ha detto al Corriere della Sera.", ["Corriere della Sera"]),
        ("Lo ha detto all’ANSA il portavoce.", ["ANSA"]),
        ("Il a cédé, a indiqué une source policière à l’AFP.", ["Agence France-Presse"]),
        ("Il a cédé, a dit le chef de la police à l’AFP.", ["Agence France-Presse"]),
        ("Il a cédé, a appris l’AFP.", ["Agence France-Presse"]),
        ("Según ha podido saber Reuters, la presa cedió.", ["Reuters"]),
        ("Según adelantó EFE, la presa cedió.", ["EFE"]),
        ("Dat meldt de Volkskrant.", ["De Volkskrant"]),
        ("Jak podaje PAP, zapora pękła.", ["PAP"]),
        ("Как пишет «Коммерсантъ», плотина прорвалась.", ["Kommersant"]),
        ("Она прорвалась, передает Reuters со ссылкой на МЧС.", ["Reuters"]),
        ("Reuters'a göre baraj yıkıldı.", ["Reuters"]),
        ("Reuters'ın bugünkü haberine göre baraj yıkıldı.", ["Reuters"]),
        ("BBC'nin aktardığına göre baraj yıkıldı.", ["BBC"]),
    ],
)
def test_a_phrase_of_reporting_beside_a_name_is_an_attribution(
    sentence: str, expected: list[str]
) -> None:
    assert named(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Hackers attacked the BBC.",
        "It belongs to the Alder Press (AP).",
        "He joined a senator (Independent).",
        "It belongs to the wires (Reuters and others).",
        "Reuters is a company.",
        "Time will tell.",
        "According to nature, water flows.",
        "The White House announced a plan.",
        "Apple said it would pay.",
        "The British Broadcasting Corporation (BBC) was founded in 1922.",
        "He told the court that it broke.",
        "According to officials, it broke.",
        "She who reported it left.",
        "The times reported were wrong.",
        "I wrote back, saying that it broke.",
        "It is over, says the time traveller.",
        "Bombs hit Reuters and the BBC.",
        "According to the Cabinet Discussion Club (CDX), it spreads.",
        "Die Feuerwehr meldete einen Brand im Haus von Reuters.",
        "La diga di Reuters ha ceduto.",
        "El Ministerio informó de la rotura.",
        "Reuters meldete nicht, dass der Damm brach.",
        "Der Spiegel hat darüber nicht berichtet.",
        "Ein Bericht der Bundesregierung liegt vor.",
        "Der Server der dpa brach zusammen.",
        "Reuters, which reported a loss of 4 million, cut jobs.",
        "Le maire a expliqué la situation au peuple.",
        "Le maire a déclaré la guerre à Reuters.",
        "Le producteur a confié le film à la BBC.",
        "The mayor denied a recent report by Reuters.",
        "The mayor rejected reports in the Financial Times.",
        "Der Bürgermeister dementierte einen Bericht des „Spiegel“.",
        "Das Amt wies einen Bericht von Reuters zurück.",
        "It was found via CNN-BiLSTM predictions.",
        "Reuters'a göre değil, herkese göre yıkıldı.",
        "BBC'ye konuşan olmadı.",
        "",
    ],
)
def test_a_name_alone_is_none(sentence: str) -> None:
    assert named(sentence) == []


def test_the_span_is_the_name_as_written() -> None:
    text = "It broke. The dam fell, according to the Wall Street Journal, on Monday."
    (found,) = Attributor(text).named(10, len(text))

    assert found.name == text[found.start : found.end] == "Wall Street Journal"


def test_a_name_that_several_outlets_bear_is_recorded_without_outlet() -> None:
    assert named("The dam fell, The Guardian reported.") == [None]


@given(st.text(alphabet="according to told the BBCReuters,. ()'’", max_size=200))
def test_any_text_whatever_is_read(sentence: str) -> None:
    for each in Attributor(sentence).named(0, len(sentence)):
        assert sentence[each.start : each.end] == each.name


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("据路透社报道，大坝决堤。", ["Reuters"]),
        ("大坝决堤（路透社，2025年5月2日）。", ["Reuters"]),
        ("大坝决堤（路透社、法新社）。", ["Reuters", "Agence France-Presse"]),
        ("ダムが決壊した（共同通信）。", ["Kyodo News"]),
        ("댐이 무너졌다(연합뉴스, 2025년 5월 2일).", ["Yonhap News Agency"]),
        ("据《纽约时报》报道，大坝决堤。", ["The New York Times"]),
        ("路透社5月3日报道称，大坝决堤。", ["Reuters"]),
        ("美联社记者周三报道，大坝决堤。", ["Associated Press"]),
        ("官员接受彭博社采访时说，大坝决堤。", ["Bloomberg"]),
        ("官员对法新社表示，大坝决堤。", ["Agence France-Presse"]),
        ("根據《衛報》報導，大壩決堤。", ["The Guardian"]),
        ("一位知情人士告诉路透社，大坝决堤。", ["Reuters"]),
        ("官员告诉《纽约时报》记者，大坝决堤。", ["The New York Times"]),
        ("官员向法新社和路透社证实，大坝决堤。", ["Agence France-Presse", "Reuters"]),
        ("路透社的消息说，大坝决堤。", ["Reuters"]),
        ("新华社消息，大坝决堤。", ["Xinhua News Agency"]),
        ("5月3日，新华社最新消息：大坝决堤。", ["Xinhua News Agency"]),
        ("新华社北京5月3日电 大坝决堤。", ["Xinhua News Agency"]),
        ("路透社获悉，大坝决堤。", ["Reuters"]),
        ("路透社率先披露，大坝决堤。", ["Reuters"]),
        ("据国际货币基金组织，增长放缓。", ["International Monetary Fund"]),
        ("ロイターによると、ダムが決壊した。", ["Reuters"]),
        ("NHKによると、ダムが決壊した。", ["NHK"]),
        ("共同通信が3日報じた。", ["Kyodo News"]),
        ("ロイターは、ダムが決壊したと報じた。", ["Reuters"]),
        ("世界保健機関によると、患者は増えた。", ["World Health Organization"]),
        ("연합뉴스에 따르면 댐이 무너졌다.", ["Yonhap News Agency"]),
        ("로이터통신은 3일 댐이 무너졌다고 보도했다.", ["Reuters"]),
        ("据NHK和路透社报道，大坝决堤。", ["NHK", "Reuters"]),
    ],
)
def test_names_are_found_where_no_space_stands_between_words(
    sentence: str, expected: list[str]
) -> None:
    assert named(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "路透社的大楼着火了。",
        "黑客攻击了路透社。",
        "世界卫生组织宣布疫情结束。",
        "NHKの本社で火事があった。",
        "ロイターは報じていない。",
        "ロイターは3日、報じなかった。",
        "NHKは報じておらず、ダムは古い。",
        "ロイターは買収されたと報じられた。",
        "NHKが攻撃されたと報じた記者がいる。",
        "연합뉴스 본사에 불이 났다.",
        "他对联合国表示失望。",
        "官员没有告诉路透社，他拒绝告诉法新社。",
        "官员告诉路透社主编的妻子，大坝决堤。",
        "路透社消息灵通，法新社消息人士很多。",
        "看到新华社消息，他很高兴。",
        "新华社5月3日电话采访了他。",
        "东方央视报道了火灾。",  # the end of a longer name
    ],
)
def test_a_name_alone_is_none_in_those_scripts_either(sentence: str) -> None:
    assert named(sentence) == []


def test_names_that_a_ledger_was_told_are_found() -> None:
    mine = Outlet.make(
        key="a.example",
        name="The Morning Post",
        domain="a.example",
        aliases=("晨报通讯社", "Утренняя почта"),
        because="j",
        kind="newspaper",
    )
    names = Names([mine])
    for sentence in (
        "According to The Morning Post, it broke.",
        "据晨报通讯社报道，大坝决堤。",
        "По данным Утренняя почта, плотина прорвана.",
    ):
        (found,) = Attributor(sentence, names).named(0, len(sentence))
        assert found.outlet == mine
        assert Attributor(sentence).named(0, len(sentence)) == []


def test_the_longest_name_without_spaces_is_meant_and_one_letter_may_be_a_name() -> None:
    told = [
        Outlet.make(key=key, name=name, domain=key, because="j", kind="newspaper")
        for key, name in (("a.example", "晨"), ("b.example", "晨报"), ("c.example", "晨报社"))
    ]
    for name in ("晨", "晨报", "晨报社"):
        sentence = f"据{name}消息称，大坝决堤。"
        (found,) = Attributor(sentence, Names(told)).named(0, len(sentence))
        assert found.name == name


def test_sentences_together_name_what_each_names_alone() -> None:
    text = "It rose, the BBC reported. Nobody came. According to Reuters, it fell. 据路透社报道。"
    spans = [(0, 26), (27, 39), (40, 66), (67, len(text))]
    attributor = Attributor(text)
    alone = {number: attributor.named(*span) for number, span in enumerate(spans)}

    assert attributor.named_in(spans) == {number: alone[number] for number in (0, 2, 3)}
    assert attributor.named_in([]) == {}


@given(st.text(st.sampled_from("据报道路透社《》AP通信によると연합뉴스는 보도했다。"), max_size=60))
def test_every_place_holds_the_name_that_stands_there(sentence: str) -> None:
    end = 0
    for each in Attributor(sentence).named(0, len(sentence)):
        assert sentence[each.start : each.end] == each.name
        assert each.start >= end
        end = each.end
