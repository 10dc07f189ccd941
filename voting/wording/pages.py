"""The words of a page in the language that its visitor reads."""

from collections.abc import Mapping
from types import MappingProxyType

from voting.wording.page_editions import PageSay
from voting.wording.pages_english import PAGES_IN_ENGLISH
from voting.wording.pages_japanese import PAGES_IN_JAPANESE

PAGES: Mapping[str, PageSay] = MappingProxyType({"ja": PAGES_IN_JAPANESE, "en": PAGES_IN_ENGLISH})
