"""Two keys beside a name: one to sort by its reading, one to find it however it was typed.

Neither ever replaces the name, which is kept as given (domain 5.4.5). Both may be stored in a column.
"""

import unicodedata

_SMALL = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)} | {
    ord("ゝ"): "ヽ",
    ord("ゞ"): "ヾ",
}
_VOWEL_ROWS = (
    ("ア", "アカサタナハマヤラワガザダバパァャヮヵ"),
    ("イ", "イキシチニヒミリヰギジヂビピィ"),
    ("ウ", "ウクスツヌフムユルグズヅブプゥュッヴ"),
    ("エ", "エケセテネヘメレヱゲゼデベペェヶ"),
    ("オ", "オコソトノホモヨロヲゴゾドボポォョ"),
)
_VOWEL = {kana: vowel for vowel, row in _VOWEL_ROWS for kana in row}
_MARKS = dict.fromkeys((0x3099, 0x309A))
# Readings of 法人格: an official list sorts 株式会社こもれび under こ (domain 5.5.2). Longest first.
_LEGAL_FORMS = (
    "イッパンシャダンホウジン",
    "イッパンザイダンホウジン",
    "コウエキシャダンホウジン",
    "コウエキザイダンホウジン",
    "トクテイヒエイリカツドウホウジン",
    "シャカイフクシホウジン",
    "ドクリツギョウセイホウジン",
    "コクリツダイガクホウジン",
    "ガッコウホウジン",
    "イリョウホウジン",
    "シャダンホウジン",
    "ザイダンホウジン",
    "カブシキガイシャ",
    "カブシキカイシャ",
    "ユウゲンガイシャ",
    "ゴウドウガイシャ",
    "ゴウシガイシャ",
    "ゴウメイガイシャ",
)

# Spellings of one name that get mixed up in data (domain 5.4.6); NFKC has settled the compatibility forms.
_VARIANTS = (
    ("ケ", "ヶがガヵカ"),
    ("ノ", "之"),
    ("崎", "﨑嵜"),
    ("高", "髙"),
    ("辺", "邊邉"),
    ("浜", "濱濵"),
    ("沢", "澤"),
    ("竜", "龍"),
    ("梼", "檮"),
    ("騨", "驒"),
    ("徳", "德"),
    ("柳", "栁"),
    ("吉", "𠮷"),
    ("斎", "齋齊斉"),
    ("島", "嶋嶌"),
    ("広", "廣"),
    ("桜", "櫻"),
    ("国", "國"),
    ("会", "會"),
    ("学", "學"),
    ("県", "縣"),
    ("区", "區"),
    ("団", "團"),
    ("蔵", "藏"),
    ("瀬", "瀨"),
    ("鯵", "鰺"),
    ("塩", "鹽"),
    ("釜", "竈竃"),
    ("鴎", "鷗"),
    ("曽", "曾"),
    ("富", "冨"),
    ("恵", "惠"),
    ("真", "眞"),
    ("渋", "澁"),
    ("峰", "峯"),
    ("桑", "桒"),
    ("槙", "槇"),
    ("-", "‐‑‒–—―−"),
    ("~", "〜"),
)
_DROPPED = [
    *range(0xFE00, 0xFE10),  # variation selectors
    *range(0xE0100, 0xE01F0),  # ideographic variation selectors
    *range(0x180B, 0x180E),
    *range(0x200B, 0x2010),  # zero width space and joiners, direction marks
    0xFEFF,
    0x00AD,
]
_FOLDED: dict[int, str | None] = {
    **{ord(spelling): plain for plain, spellings in _VARIANTS for spelling in spellings},
    **dict.fromkeys(_DROPPED),
}


def sort_key(reading: str) -> str:
    """A text whose plain order is the order of the fifty sounds of *reading*.

    Order   first by the sounds alone (は = ば = ぱ, small as large, ー as the vowel before it), then by
            marks, then by spelling; words of a 法人格 at either end are passed over.
    """
    plain = _katakana(reading)
    for form in _LEGAL_FORMS:
        shorter = plain.removeprefix(form).removesuffix(form)
        if shorter and shorter != plain:
            plain = shorter
            break
    marked = _spelt_out(plain)
    bare = unicodedata.normalize("NFD", marked).translate(_MARKS).translate(_SMALL)
    # A tab sorts before every letter, so that a name stands before the longer ones that begin with it.
    return f"{bare}\t{marked}\t{plain}"


def search_key(text: str) -> str:
    """*text* as it is compared in a search: width, case, spaces, kana and variants of kanji do not count.

    葛󠄀城, with any variation selector, is found by 葛城; 龍ケ崎 by 竜ヶ﨑.  Apply it to both sides.
    """
    if text.isascii():
        return "".join(text.casefold().split())
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(folded.translate(_TO_KATAKANA).translate(_FOLDED).split())


def _katakana(reading: str) -> str:
    folded = unicodedata.normalize("NFKC", reading).translate(_TO_KATAKANA)
    return "".join(folded.split())


def _spelt_out(katakana: str) -> str:
    """*katakana* with every ー as the vowel it lengthens and every ヽ as the sound it repeats."""
    out: list[str] = []
    for character in katakana:
        before = out[-1] if out else ""
        if character == "ー":
            out.append(_VOWEL.get(before, character))
        elif character in "ヽヾ" and before:
            out.append(unicodedata.normalize("NFC", before + "\u3099") if character == "ヾ" else before)
        else:
            out.append(character)
    return "".join(out)
