"""Numbers in characters of Chinese and Japanese: "三十五", "两百万", "三分之一", "五人".

A single character is a number only before what it counts: "一" and "十" are in many words.
"""

from fractions import Fraction

_DIGITS = {each: value for value, each in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2, "兩": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
NUMERALS = "".join([*_DIGITS, *_TENS, *_SCALES])
SCALES = "".join([*_SCALES, "百", "千"])
"""What multiplies digits that it stands right behind: "3.2亿"."""
_COUNTED = frozenset(
    "人名个個位座年月日天次倍家成岁歳歲件台臺块塊元円所艘架辆輛条條张張只支场場项項起季轮輪つ本匹枚"
    "階層层戸户戶篇部份颗枪"
)
"""What is counted, or counts it, right behind a number."""
UNITS = frozenset("卡瓦米克赫")
"""Behind "千" they are a unit with it: "740千卡" are 740 of them."""
_POSITIONAL = 4
"""Digits in a row from which on they are one number: "二〇二五"."""


def value_of(number: str) -> Fraction | None:
    """What a run of numerals is worth; None where it is none: "三五"."""
    if set(number) <= _DIGITS.keys():
        worth = int("".join(str(_DIGITS[each]) for each in number))
        return Fraction(worth) if len(number) == 1 or len(number) >= _POSITIONAL else None
    total = part = digit = scale = 0
    for sign in number:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _TENS:
            part += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            # "一万五千亿" is 15,000 of them, "三亿五千万" one beside the other
            worth, below = _SCALES[sign], part + digit
            total = (total + below or 1) * worth if worth > scale else total + (below or 1) * worth
            part, digit, scale = 0, 0, worth
    return Fraction(total + part + digit)


def ratio_of(number: str, divisor: str) -> Fraction | None:
    """What "三分之一" is worth; parts of a hundred are per cent: "百分之五" is 5."""
    above = Fraction(number) if number.isdecimal() else value_of(number)
    below = value_of(divisor)
    if above is None or not below:
        return None
    return above if divisor == "百" else above / below


def is_sure(number: str, behind: str) -> bool:
    """Whether a run of numerals is a number, and no part of other words: "万一", "十分", "一些".

    Args:
        number: The run.
        behind: The character behind it.
    """
    if len(number) == 1 or number[0] in SCALES or not set(number) & _DIGITS.keys():
        return behind in _COUNTED and number not in ("零", "〇", "一")
    return True
