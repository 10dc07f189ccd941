"""Check digits of public codes: 全国地方公共団体コード (6 digits) and 法人番号 (13 digits).

Only what the digits themselves can tell: whether a code belongs to the name beside it is not known here. A
repair is always an offer: Excel drops leading zeros, statistics drop the check digit, and a person decides.
"""

from enum import StrEnum

_MUNICIPAL_WEIGHTS = (6, 5, 4, 3, 2)
_PREFECTURES = 47


class CodeKind(StrEnum):
    """Which of the two codes a number of that many digits is."""

    MUNICIPAL = "municipal"
    CORPORATE = "corporate"


def municipal_check_digit(five: str) -> str:
    """The sixth digit of a 全国地方公共団体コード.

    Units   *five* are five ASCII digits.
    Ties    a remainder of 0 gives 1 and of 1 gives 0: the last digit of 11 less the remainder.
    Source  Ministry of Internal Affairs, method of the check digit (domain 5.1.2).
    """
    total = sum(weight * int(digit) for weight, digit in zip(_MUNICIPAL_WEIGHTS, five, strict=True))
    return str((11 - total % 11) % 10)


def corporate_check_digit(twelve: str) -> str:
    """The first digit of a 法人番号, from the twelve that follow it.

    Units   *twelve* are ASCII digits; they weigh 1 and 2 in turn from the last one.
    Source  ordinance on 法人番号, article 2 (domain 5.2.1): 9 less the sum modulo 9, so never 0.
    """
    if len(twelve) != 12:
        raise ValueError(f"twelve digits are needed, not {len(twelve)}")
    total = sum(int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(twelve)))
    return str(9 - total % 9)


def is_code(text: str) -> bool:
    """Whether *text* is a 全国地方公共団体コード or a 法人番号 without a visible fault.

    Some single wrong digits pass in both (0 and 9 in a 法人番号), so the name is to be compared too.
    """
    if not _digits(text):
        return False
    if len(text) == 6:
        return _has_municipal_shape(text[:5]) and municipal_check_digit(text[:5]) == text[5]
    return len(text) == 13 and corporate_check_digit(text[1:]) == text[0]


def code_kind(text: str) -> CodeKind | None:
    """Which code *text* is meant to be, judged by its length alone; None where it is neither."""
    if not _digits(text):
        return None
    if 4 <= len(text) <= 6:
        return CodeKind.MUNICIPAL
    return CodeKind.CORPORATE if 12 <= len(text) <= 13 else None


def repairs(text: str) -> tuple[str, ...]:
    """The sound codes that a faulty *text* may have been, best first; none where it is sound or hopeless.

    Order   a lost leading zero before a lost check digit before a wrong one.
    Source  domain 5.1.4: 94072 and 9407 are 094072, 20000 is 200000; 8.3-22: 302065 may be 302066.
    """
    if is_code(text):
        return ()
    kind = code_kind(text)
    if kind is CodeKind.MUNICIPAL:
        return _municipal_repairs(text)
    if kind is CodeKind.CORPORATE:
        base = text[-12:]
        return (corporate_check_digit(base) + base,)
    return ()


def _municipal_repairs(text: str) -> tuple[str, ...]:
    offered = []
    if len(text) == 5 and is_code("0" + text):
        offered.append("0" + text)
    base = "0" + text if len(text) == 4 else text[:5]
    if _has_municipal_shape(base):
        offered.append(base + municipal_check_digit(base))
    return tuple(offered)


def _has_municipal_shape(five: str) -> bool:
    """Whether *five* digits name a prefecture (000) or something inside one (100 and above), domain 5.1.1."""
    return 1 <= int(five[:2]) <= _PREFECTURES and (five[2:] == "000" or five[2] != "0")


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
