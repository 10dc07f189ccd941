"""Sentences in the plain style (である体) of minutes, from the polite ones (です・ます体) of letters.

One wording of a rule, two styles of its last verb: minutes are written in the plain one.
"""

import re

# A longer ending stands before a shorter one that it ends with.
_ENDINGS = (
    ("行いませんでした", "行わなかった"),
    ("しませんでした", "しなかった"),
    ("取り扱いました", "取り扱った"),
    ("生じました", "生じた"),
    ("満たします", "満たす"),
    ("満たしません", "満たさない"),
    ("ありません", "ない"),
    ("いません", "いない"),
    ("生じません", "生じない"),
    ("しません", "しない"),
    ("されました", "された"),
    ("しました", "した"),
    ("なります", "なる"),
    ("います", "いる"),
    ("します", "する"),
    ("です", "である"),
)
_PLAIN = dict(_ENDINGS)
# At the end of a sentence, or before what it has in brackets.
_ENDING = re.compile("(?:" + "|".join(polite for polite, _ in _ENDINGS) + r")(?=。|\([^()]*\)。)")


def in_plain_style(text: str) -> str:
    """*text* with the verbs at the ends of its sentences in the plain style."""
    return _ENDING.sub(lambda found: _PLAIN[found[0]], text)
