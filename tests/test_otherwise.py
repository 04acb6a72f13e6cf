"""What makes one of two sentences that are alike say something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.figures import same_units
from ledger.otherwise import Turn, says_otherwise


@pytest.mark.parametrize(
    ("affirmed", "denied"),
    [
        ("The mayor did resign.", "The mayor did not resign."),
        ("The mayor did resign.", "The mayor didn\u2019t resign."),
        ("Some were hurt.", "No one was hurt."),
        ("They have met.", "They have never met."),
        ("It ended with a deal.", "It ended without a deal."),
        ("Das Kabinett stimmte zu.", "Das Kabinett stimmte nicht zu."),
        ("Er hat einen Vertrag.", "Er hat keinen Vertrag."),
        ("Le maire a démissionné.", "Le maire n\u2019a pas démissionné."),
        ("El alcalde dimitió.", "El alcalde no dimitió."),
        ("El alcalde siempre dimite.", "El alcalde nunca dimite."),
        ("O presidente renunciou em maio.", "O presidente não renunciou em maio."),
        ("Мэр ушёл в отставку.", "Мэр не ушёл в отставку."),
        ("政府同意该计划。", "政府不同意该计划。"),
        ("公司裁员。", "公司没有裁员。"),
        ("事故中有人受伤。", "事故中无人受伤。"),
        ("Der Vorwurf trifft zu.", "Der Vorwurf trifft keineswegs zu."),
        ("Il dit que tout va bien.", "Il ne dit pas que tout va bien."),
        ("The OS has flaws.", "The OS has no flaws."),
        ("The mayor acted.", "The mayor failed to act."),
        ("Of its duty to act", "Of its failure to act"),
        ("Burmistrz zrezygnował.", "Burmistrz nie zrezygnował."),
        ("Weszli z nakazem.", "Weszli bez nakazu."),
        ("시장이 사임했다.", "시장이 사임하지 않았다."),
        ("범인을 찾았다.", "범인을 찾지 못했다."),
        ("증거가 있다.", "증거가 없다."),
        ("그것은 사실이다.", "그것은 사실이 아니다."),
        ("استقال الوزير أمس", "لم يستقل الوزير أمس"),
        ("سيستقيل الوزير", "ولن يستقيل الوزير"),
        ("الوزير مذنب", "ليس الوزير مذنبا"),
        ("يعمل الجسر", "لا يعمل الجسر"),
    ],
)
def test_a_not_that_came_or_went(affirmed: str, denied: str) -> None:
    assert says_otherwise(affirmed, denied) == ("not-gained",)
    assert says_otherwise(denied, affirmed) == ("not-lost",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The mayor did not resign.", "The mayor didn't resign."),
        ("No one came.", "Nobody came."),
        ("No. 5 burned.", "Number 5 burned."),
        ("No fewer than 5 burned.", "At least 5 burned."),
        ("Not only the mayor came.", "The mayor came, too."),
        ("El alcalde no dijo nada.", "El alcalde nada dijo."),
        ("Esteve no Porto em maio.", "Em maio esteve em Porto."),
        ("Un groupe non-violent", "Un groupe pacifique"),
        ("不过公司裁员。", "但公司裁员。"),
        ("差不多所有人", "几乎所有人"),
        ("公司不得不裁员。", "公司只好裁员。"),
        ("财产被没收。", "财产被扣押。"),
        ("无人机坠毁。", "飞机坠毁。"),
        ("Sin embargo, dimitió.", "Pero dimitió."),
        ("Sans doute, il est parti.", "Il est parti."),
        ("Il n\u2019y a que deux ponts.", "Il y a seulement deux ponts."),
        ("Il ne reste qu\u2019un pont.", "Il reste un seul pont."),
        ("Ohne Zweifel kam er.", "Er kam."),
        ("Non seulement le maire est venu.", "Le maire est venu aussi."),
        ("No sólo vino el alcalde.", "El alcalde vino."),
        ("Ele mora no Brasil.", "Ele mora em Portugal."),
        ("Dice che se ne parla.", "Dice che si parla di questo."),
        ("Whether or not it holds is open.", "Whether it holds is open."),
        ("He was unable to come.", "He could not come."),
        ("He failed to come.", "He did not come."),
        ("The plan failed to the delight of all.", "The plan failed, and all were glad."),
        ("Nie tylko burmistrz przyszedł.", "Burmistrz też przyszedł."),
        ("Bez wątpienia przyszedł.", "Przyszedł."),
        ("사임할 수밖에 없다.", "사임해야 한다."),
        ("말하지 않을 수 없다.", "말해야 한다."),
        ("그에 못지않게 크다.", "그만큼 크다."),
        ("그뿐만 아니라 시장도 왔다.", "시장도 왔다."),
        ("끊임없이 비가 왔다.", "계속 비가 왔다."),
        ("لا بد من العمل", "يجب العمل"),
        ("لا يزال الجسر مغلقا", "بقي الجسر مغلقا"),
        ("لم يبق إلا جسر واحد", "بقي جسر واحد"),
        ("لم شمل الأسر", "جمع الأسر"),
        ("ليس فقط الوزير", "الوزير أيضا"),
    ],
)
def test_what_denies_as_often_is_not_turned(one: str, other: str) -> None:
    assert says_otherwise(one, other) == says_otherwise(other, one) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("5 million dollars", "5 million euros", False),
        ("$5 million", "€5 million", False),
        ("$5m", "5 million US dollars", True),
        ("USD 5 million", "EUR 5 million", False),
        ("$5 and €3", "$3 and €5", False),
        ("5 million", "5 million euros", True),
        ("5 million euros (7 million dollars)", "7 million dollars", True),
        ("5%", "5 percentage points", False),
        ("5%", "five per cent", True),
        ("10 km away", "10 miles away", False),
        ("a 3-day strike", "a three-week strike", False),
        ("two days", "2-day", True),
        ("5 Millionen Euro", "5 Millionen Dollar", False),
        ("5 millions d\u2019euros", "5 millions de dollars", False),
        ("5 millones de dólares", "5 millones de dollars", True),
        ("500万美元", "500万欧元", False),
        ("百分之五", "5个百分点", False),
        ("2025", "2025年", True),
        ("5 days, 5 weeks", "5 weeks, 5 days", True),
        ("5 g of salt", "5 mg of salt", False),
        ("5g", "5 grams", True),
        ("5 \u00b5g of lead", "5 mcg of lead", True),
        ("5 \u00b5g of lead", "5 mg of lead", False),
        ("a 100 m race", "a 100 km race", False),
        ("100 m away", "100 metres away", True),
        ("5 cm of rain", "5 mm of rain", False),
        ("5 km\u00b2 of forest", "5 km of forest", False),
        ("5 m\u00b2", "5 square metres", True),
        ("5 MWh", "5 MW", False),
        ("5 kWh", "5 kilowatt-hours", True),
        ("5 kWh", "5 GWh", False),
        ("R5 million", "$5 million", False),
        ("R500", "500 rand", True),
        ("R$5 million", "R5 million", False),
        ("C$5 million", "US$5 million", False),
        ("C$5 million", "$5 million", True),
        ("C$5 million", "5 million Canadian dollars", True),
        ("5 million US dollars", "5 million Canadian dollars", False),
        ("$5 million", "5 million pesos", True),
        ("US$5 million", "5 million pesos", False),
        ("5 million U.S. dollars", "US$5 million", True),
        ("A$5 million", "\u20ac5 million", False),
        ("a $5 million plan", "a US$5 million plan", True),
        ("5 US gallons", "5 litres", False),
        ("$5 and C$5", "$5 and \u20ac5", False),
    ],
)
def test_units_of_the_same_figures(one: str, other: str, *, same: bool) -> None:
    assert same_units(one, other) is same
    assert same_units(other, one) is same


def test_all_that_turns_a_sentence_is_told() -> None:
    turns: tuple[Turn, ...] = ("figures", "units", "not-gained")
    assert says_otherwise("Of 9, it took 5 days.", "Of 8, it never took 5 weeks.") == turns


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_texts_have_an_answer(one: str, other: str) -> None:
    forth, back = says_otherwise(one, other), says_otherwise(other, one)
    assert {turn.split("-")[0] for turn in forth} == {turn.split("-")[0] for turn in back}
    assert says_otherwise(one, one) == ()
