"""The pictures of participation: places and lengths for SVG with plain attributes, every number written out.

Nothing is told by colour alone: tiles have their numbers, the curve its table.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from voting.core.prefectures import NAMES, prefecture_of, short_name
from voting.services.period.turnout import Overview, Share
from voting.wording import JAPAN

# Where the tiles stand, roughly as on a map.
_MAP = """
.    .  .    .  .  .    .  .  .  .  .      .      北海道
.    .  .    .  .  .    .  .  .  .  .      .      青森
.    .  .    .  .  .    .  .  .  .  .      秋田   岩手
.    .  .    .  .  .    .  .  .  .  .      山形   宮城
.    .  .    .  .  .    .  .  石川 富山 新潟 福島 .
.    .  .    .  .  .    .  福井 岐阜 長野 群馬 栃木 茨城
.    .  山口 島根 鳥取 兵庫 京都 滋賀 愛知 山梨 埼玉 東京 千葉
佐賀 福岡 . 広島 岡山 大阪 奈良 三重 . 静岡 .  神奈川 .
長崎 熊本 大分 . 愛媛 香川 和歌山 . . . . . .
.    鹿児島 宮崎 . 高知 徳島 . . . . . . .
沖縄 .  .    .  .  .    .  .  .  .  .      .      .
"""
_PLACES = {
    prefecture_of(name): (column, row)
    for row, line in enumerate(_MAP.split("\n")[1:-1])
    for column, name in enumerate(line.split())
    if name != "."
}
_TILE, _STEP = 60, 64
_LEFT, _TOP, _WIDTH, _HEIGHT = 56, 34, 720, 220
_MOST_LABELS = 9


@dataclass(frozen=True, slots=True)
class Tile:
    """One prefecture.  Units: of the drawing; ``filled`` is the height of the answered part."""

    x: int
    y: int
    name: str
    share: Share
    filled: int


@dataclass(frozen=True, slots=True)
class TileMap:
    width: int
    height: int
    size: int
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something at one place of an axis, with what stands beside it."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class Curve:
    """The share of those who have answered, over the period.

    Shape   ``points`` as SVG wants them; ``reminders`` are upright marks, ``steps`` level lines.
    """

    left: int
    right: int
    top: int
    bottom: int
    points: str
    end: tuple[int, int]
    days: tuple[Mark, ...]
    steps: tuple[Mark, ...]
    reminders: tuple[Mark, ...]


def tile_map(shares: tuple[Share, ...]) -> TileMap:
    """The 47 tiles; a prefecture without members has a tile without numbers."""
    by_name = {each.name: each for each in shares}
    tiles = []
    for name in NAMES:
        column, row = _PLACES[name]
        share = by_name[name]
        filled = _TILE * share.answered // share.members if share.members else 0
        tiles.append(Tile(column * _STEP + 2, row * _STEP + 2, short_name(name), share, filled))
    return TileMap(13 * _STEP, 11 * _STEP, _TILE, tuple(tiles))


def curve(shown: Overview) -> Curve:
    """The curve from the opening to now, on an axis that reaches to the close."""
    opens, closes = shown.line.opens_at, shown.line.closes_at

    def across(at: datetime) -> int:
        whole = max((closes - opens).total_seconds(), 1)
        part = min(max((at - opens).total_seconds(), 0), whole)
        return _LEFT + round(_WIDTH * part / whole)

    def up(number: int) -> int:
        return _TOP + _HEIGHT - round(_HEIGHT * number / max(shown.whole.members, 1))

    points = [(_LEFT, up(0)), *((across(day.ends), up(day.total)) for day in shown.days)]
    every = -(-max(len(_days(opens, closes)), 1) // _MOST_LABELS)
    days = [Mark(across(each), _label(each)) for each in _days(opens, closes)[::every]]
    return Curve(
        left=_LEFT,
        right=_LEFT + _WIDTH,
        top=_TOP,
        bottom=_TOP + _HEIGHT,
        points=" ".join(f"{x},{y}" for x, y in points),
        end=points[-1],
        days=tuple(days),
        steps=tuple(
            Mark(_TOP + _HEIGHT - _HEIGHT * part // 100, f"{part}%") for part in (0, 25, 50, 75, 100)
        ),
        reminders=tuple(Mark(across(each.at), _label(each.at)) for each in shown.reminders),
    )


def _days(opens: datetime, closes: datetime) -> list[datetime]:
    """The instant at which each day of the period begins; the first at the opening."""
    found, day = [opens], opens.astimezone(JAPAN).date() + timedelta(days=1)
    while (start := datetime.combine(day, time(), tzinfo=JAPAN)) < closes:
        found.append(start)
        day += timedelta(days=1)
    return found


def _label(at: datetime) -> str:
    local = at.astimezone(JAPAN)
    return f"{local.month}/{local.day}"
