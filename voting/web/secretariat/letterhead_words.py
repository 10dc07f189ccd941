"""The settings of papers in words: the parts of the form, its fields, what can be chosen, what is wrong."""

from collections.abc import Mapping
from types import MappingProxyType

from voting.core.letterhead import Kept, PaperKind
from voting.sheets.assembly_wording import fault_text
from voting.sheets.toml_reading import TomlFault
from voting.web.languages import N_, say

PART_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "letter": N_("発信者、文書番号、表記"),
        "notice": N_("開催案内、返送先、委任状"),
        "minutes": N_("議事録"),
        "keeping": N_("引継書(保管の場所)"),
    }
)
_PAPERS = {
    PaperKind.NOTICE: N_("開催案内"),
    PaperKind.RESULT: N_("結果報告"),
    PaperKind.MINUTES: N_("議事録"),
    PaperKind.ERRATA: N_("正誤表"),
    PaperKind.CORRECTION: N_("結果の訂正の通知"),
}
_KEPT = {
    Kept.MINUTES: N_("議事録と結果報告"),
    Kept.BUNDLE: N_("検証用一式"),
    Kept.BALLOTS: N_("書面の表決書とその画像"),
    Kept.KEYS: N_("署名の鍵"),
    Kept.PASSPHRASE: N_("鍵の合言葉"),
    Kept.BACKUP: N_("データベースの写し"),
    Kept.ACCESS: N_("アクセスの記録"),
}
_KEPT_AS = {"where": N_("保管の場所"), "who": N_("保管する人"), "until": N_("保管の期限")}
# What stands together: a heading, and the keys below it.
GROUPS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = MappingProxyType(
    {
        "letter": (
            (N_("宛先と発信者"), ("letter.to", "letter.sender", "letter.seal")),
            (N_("数と単位の書き方"), ("letter.digits", "letter.counter")),
            *(
                (
                    label,
                    (
                        f"numbers.{kind.value}",
                        *(() if kind is PaperKind.RESULT else (f"dates.{kind.value}",)),
                    ),
                )
                for kind, label in _PAPERS.items()
            ),
        ),
        "notice": (
            (N_("表決書の返送先"), ("return.to", "return.fax", "return.mail", "return.post")),
            (N_("開催案内"), ("notice.reason", "notice.enclosed")),
            (N_("質問"), ("notice.questions", "notice.questions_until")),
            (N_("委任状"), ("proxy.clause", "proxy.to")),
        ),
        "minutes": (
            (N_("署名する人"), ("minutes.signers",)),
            (
                N_("議事録に書くこと"),
                ("minutes.author", "minutes.proposer", "minutes.course", "minutes.resolved_on"),
            ),
        ),
        "keeping": tuple(
            (label, tuple(f"keeping.{kept.value}.{name}" for name in _KEPT_AS))
            for kept, label in _KEPT.items()
        ),
    }
)
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "letter.to": N_("宛先(書類の初めの行)"),
        "letter.sender": N_("発信者(連名は一行に一人)"),
        "letter.seal": N_("公印"),
        "letter.digits": N_("数字"),
        "letter.counter": N_("票の単位"),
        **{f"numbers.{kind.value}": N_("文書番号") for kind in PaperKind},
        **{f"dates.{kind.value}": N_("日付") for kind in PaperKind},
        "return.to": N_("宛先の行"),
        "return.fax": N_("FAX番号"),
        "return.mail": N_("メールアドレス"),
        "return.post": N_("郵送先"),
        "notice.reason": N_("冒頭の文"),
        "notice.questions": N_("画面での質問"),
        "notice.questions_until": N_("質問の締切日"),
        "notice.enclosed": N_("同封するもの"),
        "proxy.clause": N_("委任を認める規約又は法律の条項"),
        "proxy.to": N_("受任者"),
        "minutes.signers": N_("署名する人の鍵の名前(署名の順に、一行に一つ)"),
        "minutes.author": N_("作成者"),
        "minutes.proposer": N_("提案者"),
        "minutes.course": N_("経過"),
        "minutes.resolved_on": N_("決議があったものとする日"),
        **{f"keeping.{kept.value}.{name}": label for kept in Kept for name, label in _KEPT_AS.items()},
    }
)
HINTS: Mapping[str, str] = MappingProxyType(
    {
        "letter.to": N_("一行に一つ。空けておくと「会員各位」になります。"),
        "letter.sender": N_("空けておくと、団体名と議長名になります。"),
        "return.to": N_("表決書の一番上に印刷します。空けておくと、団体の事務局宛てになります。"),
        "notice.questions_until": N_(
            "会員が画面で質問できる最後の日です。空けておくと、表決の最終日の3日前です"
            "(土曜・日曜を除いて数え、祝日は除きません)。発送の後に変えると、画面の日だけが変わります。"
        ),
        "notice.enclosed": N_("一行に一つ。送付状にも印刷します。"),
        "proxy.clause": N_(
            "空けておくと、委任状は作れません。委任についての定めは、通知の発送の後は変えられません。"
        ),
        "minutes.signers": N_(
            "上の鍵の、左の名前(chair 議長、auditor 監事、body 団体など)を書きます。"
            "空けておくと、議長と監事が署名します。"
        ),
        "minutes.course": N_(
            "段落の間は一行空けます。集計には表れないことを書きます。会員からの質問の件数は、自動で載ります。"
        ),
        "minutes.resolved_on": N_("空けておくと、締切の日になります。"),
    }
)
OPTIONS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "letter.seal": (
            ("omitted", N_("（公印省略）と印刷する")),
            ("affixed", N_("何も印刷しない(公印を押す)")),
        ),
        "letter.digits": (
            ("half", N_("半角(12、3)")),
            ("single_full", N_("一桁だけ全角(12、３)")),
            ("full", N_("全角(１２、３)")),
        ),
        "notice.questions": (
            ("open", N_("受け付ける")),
            ("off", N_("受け付けない(開催案内にも載せない)")),
        ),
        "letter.counter": (
            ("票", N_("票")),
            ("団体", N_("団体(どの会員も一票のとき)")),
            ("個", N_("個(議決権の個数)")),
        ),
        "proxy.to": (
            ("", N_("議長(定めのないとき)")),
            ("member", N_("ほかの会員")),
            ("chair\nmember", N_("議長又はほかの会員")),
            ("chair", N_("議長")),
        ),
    }
)
_FAULTS: Mapping[str, str] = MappingProxyType(
    {
        "toml-control": N_("印刷も保存もできない文字(制御文字)が含まれています。入力し直してください。"),
        "toml-no-line": N_("空でない一行で入力してください。"),
        "toml-no-day": N_("日付を 2026-06-18 の形で入力してください。"),
        "repeated": N_("同じものが二つあります。"),
    }
)


def told(fault: TomlFault) -> str:
    """What is wrong in a field; the words of the file where the page has none of its own."""
    return say(_FAULTS[fault.code]) if fault.code in _FAULTS else fault_text(fault)
