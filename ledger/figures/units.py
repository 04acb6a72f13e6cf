"""What stands around a figure -> what it is an amount of: a currency, a share, a measure, a time.

English, German, French, Spanish and Chinese, all in one table, as for `words`. Only what is said
right beside the figure is taken: "$5 million", "5 million US dollars", "3-day", "5%".
"""

import re
from functools import cache

from ledger.figures.words import folded

_UNITS = {
    "dollar": "$ dollars dólar dólares",
    "US dollar": "us$ usd u.s.-dollar u.s.-dollars us-dollars 美元",
    "Canadian dollar": "c$ ca$ cad canadian-dollars 加元",
    "Australian dollar": "a$ au$ aud australian-dollars 澳元",
    "New Zealand dollar": "nz$ nzd new-zealand-dollars 新西兰元",
    "Hong Kong dollar": "hk$ hkd hong-kong-dollars 港元",
    "Singapore dollar": "s$ sgd singapore-dollars",
    "Taiwan dollar": "nt$ twd taiwan-dollars 新台币",
    "euro": "€ eur euros 欧元 歐元",
    "pound": "£ gbp pounds pfund livre livres libra libras 英镑 英鎊",
    "yen": "jpy yens 日元",
    "yuan": "cny rmb yuans renminbi 人民币 元",
    "ruble": "₽ rub rubles rouble roubles rubel rublo rublos 卢布",
    "rupee": "₹ inr rupees rupien roupies rupias 卢比",
    "franc": "chf francs franken franco francos 法郎",
    "rand": "zar rands 兰特",
    "reais": "r$ brl",
    "peso": "mx$ mxn pesos",
    "won": "₩ krw 韩元",
    "lira": "₺ liras",
    "shekel": "₪ ils shekels",
    "naira": "₦ ngn nairas",
    "hryvnia": "₴ uah hryvnias",
    "zloty": "zł pln zlotys złotych złoty",
    "krona": "sek kronor",
    "krone": "nok dkk kroner kronen",
    "per cent": "% percent prozent pour-cent por-ciento per-cent",
    "percentage point": "percentage-point percentage-points prozentpunkt prozentpunkte"
    " prozentpunkten points-de-pourcentage point-de-pourcentage puntos-porcentuales"
    " punto-porcentual 个百分点 個百分點",
    "square kilometre": "km2 square-kilometres square-kilometers quadratkilometer"
    " quadratkilometern kilomètres-carrés kilómetros-cuadrados 平方公里",
    "square metre": "m2 sqm square-metres square-meters quadratmeter quadratmetern mètres-carrés"
    " metros-cuadrados 平方米",
    "cubic metre": "m3 cubic-metres cubic-meters kubikmeter kubikmetern mètres-cubes"
    " metros-cúbicos 立方米",
    "kilometre": "km kilometres kilometer kilometers kilometern kilomètre kilomètres kilómetro"
    " kilómetros 公里",
    "mile": "miles meile meilen milla millas 英里",
    "centimetre": "cm centimetres centimeter centimeters zentimeter centimètres centímetros 厘米",
    "millimetre": "mm millimetres millimeter millimeters millimètres milímetros 毫米",
    "metre": "m metres meter meters metern mètre mètres metro metros 米",
    "foot": "ft feet fuß pies pieds 英尺",
    "hectare": "hectares hektar hectárea hectáreas 公顷",
    "acre": "acres 英亩",
    "kilogram": "kg kilo kilos kilograms kilogramm kilogrammes kilogramos 公斤",
    "tonne": "tonnes ton tons tonnen tonelada toneladas 吨 噸",
    "gram": "g grams gramm grammes gramos 克",
    "milligram": "mg milligrams milligramm milligrammes miligramos 毫克",
    "microgram": "μg mcg micrograms mikrogramm microgrammes microgramos 微克",
    "celsius": "°c degrees-celsius grad-celsius degrés-celsius grados-celsius 摄氏度",
    "fahrenheit": "°f degrees-fahrenheit grad-fahrenheit",
    "litre": "litres liter liters litern litro litros 升",
    "gallon": "gallons gallonen galones 加仑",
    "barrel": "barrels barril barriles barils fass 桶",
    "kilowatt-hour": "kwh kilowatt-hours kilowattstunde kilowattstunden kilowattheures 千瓦时",
    "megawatt-hour": "mwh megawatt-hours megawattstunde megawattstunden mégawattheures 兆瓦时",
    "gigawatt-hour": "gwh gigawatt-hours gigawattstunde gigawattstunden gigawattheures 吉瓦时",
    "terawatt-hour": "twh terawatt-hours terawattstunde terawattstunden térawattheures 太瓦时",
    "kilowatt": "kw kilowatts 千瓦",
    "megawatt": "mw megawatts 兆瓦",
    "gigawatt": "gw gigawatts 吉瓦",
    "second": "seconds sekunde sekunden secondes segundos 秒",
    "minute": "minutes minuten minutos 分钟",
    "hour": "hours stunde stunden heure heures hora horas 小时 小時",
    "day": "days tag tage tagen jour jours día días 天 日",
    "week": "weeks woche wochen semaine semaines semana semanas 周 週",
    "month": "months monat monate monaten mois mes meses 个月 個月",
    "year": "years jahr jahre jahren ans année années año años 年",
    "decade": "decades jahrzehnt jahrzehnte jahrzehnten décennie décennies década décadas",
}
_CODES = (
    "usd eur gbp jpy cny rmb rub inr chf cad aud nzd hkd sgd twd zar brl mxn krw ils ngn uah pln"
    " sek nok dkk"
)
_LONGEST = 24
"""Characters around a figure that are looked at."""
_BEFORE = re.compile(
    rf"(\b(?:{'|'.join(_CODES.split())}|r)|(?:\b(?:us|ca?|au?|nz|hk|s|nt|r|mx))?\$|[€£₽₹₩₺₪₦₴])\s?\Z"
)


def unit_of(plain: str, start: int, end: int) -> str | None:
    """What a figure is an amount of; None where nothing known stands right beside it.

    Args:
        plain: The sentence, as `words.folded` gives it.
        start, end: Of the figure in it.
    """
    if plain.startswith("百分之", start):
        return "per cent"
    before = _BEFORE.search(plain, max(0, start - _LONGEST), start)
    if before is not None:
        return "rand" if before[1] == "r" else _known()[before[1]]
    behind = _behind().match(plain, end, end + _LONGEST)
    return None if behind is None else _known()[_SPACE.sub("-", behind[1])]


def may_be_one(one: str, other: str) -> bool:
    """Whether two units may be the same: "$" may be the dollar of any country, or its peso."""
    if "dollar" not in (one, other):
        return one == other
    return all(unit == "peso" or unit.endswith("dollar") for unit in (one, other))


_SPACE = re.compile(r"\s")


@cache
def _known() -> dict[str, str]:
    """Every way to write a unit, with hyphens for spaces -> the unit."""
    return {
        folded(written): unit
        for unit, others in _UNITS.items()
        for written in (unit.replace(" ", "-"), *others.split())
    }


@cache
def _behind() -> re.Pattern[str]:
    longest_first = sorted(_known(), key=len, reverse=True)
    names = "|".join(re.escape(name).replace(r"\-", r"[\s-]") for name in longest_first)
    no_more = r"(?![^\W\d_\u3400-\u9fff])"
    return re.compile(rf"[\s-]?(?:u\.?s\.?[\s-]|of\s|de\s|d['’])??({names}){no_more}")
