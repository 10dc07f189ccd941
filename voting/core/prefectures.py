"""The 47 prefectures in the order of JIS X 0401, which is the order of every official list."""

_IN_ORDER = (
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 "
    "東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 "
    "滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 "
    "香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県"
)
NAMES = tuple(_IN_ORDER.split())
_NUMBERS = {name: number for number, name in enumerate(NAMES, 1)}
# Lists say 栃木 as well as 栃木県; no two prefectures share the short form.
_NUMBERS |= {name[:-1]: number for name, number in _NUMBERS.items() if name != "北海道"}


def prefecture_number(name: str) -> int | None:
    """1 for 北海道 to 47 for 沖縄県; None for anything that is no prefecture."""
    return _NUMBERS.get(name)


def prefecture_of(text: str) -> str:
    """The prefecture that a roll's cell names, with or without its 都道府県; empty for anything else."""
    number = prefecture_number("".join(text.split()))
    return "" if number is None else NAMES[number - 1]


def short_name(prefecture: str) -> str:
    """長野 for 長野県; 北海道 is never shortened."""
    return prefecture if prefecture == "北海道" else prefecture[:-1]
