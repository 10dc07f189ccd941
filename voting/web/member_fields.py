"""The fields of a member as forms and lists name them, for the office and for the member itself."""

from collections.abc import Mapping

from voting.web.languages import N_, say

FIELDS: Mapping[str, str] = {
    "member_id": N_("会員番号"),
    "name": N_("団体名"),
    "kana": N_("よみ"),
    "category": N_("区分"),
    "kind": N_("会員種別"),
    "code": N_("団体コード・法人番号"),
    "prefecture": N_("都道府県"),
    "section": N_("担当部署"),
    "person": N_("担当者の氏名"),
    "addresses": N_("メールアドレス"),
    "phone": N_("電話番号"),
    "postcode": N_("郵便番号"),
    "address": N_("住所"),
    "fax": N_("FAX番号"),
    "votes": N_("議決権数"),
    "joined": N_("入会日"),
    "left": N_("退会日"),
    "note": N_("備考"),
    "other": N_("その他の項目"),
}


def label(field: str) -> str:
    """The name of a field in the visitor's language."""
    return say(FIELDS[field])
