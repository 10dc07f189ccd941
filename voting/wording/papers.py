"""The words of a paper in the language that it is asked for in."""

from collections.abc import Mapping
from types import MappingProxyType

from voting.wording.editions import PaperSay
from voting.wording.papers_english import PAPERS_IN_ENGLISH
from voting.wording.papers_japanese import PAPERS_IN_JAPANESE

PAPERS: Mapping[str, PaperSay] = MappingProxyType({"ja": PAPERS_IN_JAPANESE, "en": PAPERS_IN_ENGLISH})
