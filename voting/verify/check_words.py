"""What each check proves, in Japanese and English: its title, and the sentence with the numbers."""

from collections.abc import Mapping

LANGUAGES = ("ja", "en")
Texts = tuple[str, str]

TITLES: Mapping[int, Texts] = {
    1: ("ファイル一式", "container"),
    2: ("一式の署名", "note over the bundle"),
    3: ("検証鍵", "the given key"),
    4: ("チェックポイントの署名", "checkpoints signed"),
    5: ("立会人の署名", "witness policy"),
    6: ("タイムスタンプ", "time-stamps"),
    7: ("記録とルート", "entries, tiles, root"),
    8: ("記録の連続", "one history"),
    9: ("お手元の控え", "what you hold"),
    10: ("記録の形式", "form and place of entries"),
    11: ("手続の順序", "order of entries"),
    12: ("議案と規則", "docket as frozen"),
    13: ("議案書類", "documents"),
    14: ("名簿", "roll"),
    15: ("名簿の氏名", "names on the roll"),
    16: ("投票者と通し番号", "senders and sequences"),
    17: ("票の中身", "openings"),
    18: ("票の署名", "signatures of votes"),
    19: ("書面", "papers and officers"),
    20: ("受付時刻", "times of receipt"),
    21: ("有効な票", "effective ballots"),
    22: ("みなしの会員", "deemed members"),
    23: ("再集計", "recount"),
    24: ("結果のPDF", "PDF of the result"),
    25: ("数の保存", "conservation"),
    26: ("変更と承認", "amendments"),
    27: ("消去", "erasures"),
}

# Checks that may find nothing to look at; all others have to.
MAY_BE_EMPTY = frozenset({5, 6, 9, 13, 26, 27})

PROVED: Mapping[int, Texts] = {
    1: (
        "ファイル{items}個({bytes}バイト)は一覧と一致し、過不足がない",
        "{items} files ({bytes} bytes) are those listed, none missing, none extra",
    ),
    2: ("一覧は記録の現在の鍵で署名されている", "the list is signed by the log's current key"),
    3: ("指定の鍵は記録の最初の鍵である", "the key you gave is the key the log began with"),
    4: (
        "{items}個すべてがその時の鍵で署名されている(最終は{size}件)",
        "all {items} are signed by the key of their time (the last at {size} entries)",
    ),
    5: ("方針を満たす署名{items}個", "{items} cosignatures, as the policy asks"),
    6: ("タイムスタンプ{items}個は正しい", "{items} time-stamps are right"),
    7: (
        "記録{items}件はタイル{tiles}個と最終チェックポイントのルートに一致する",
        "{items} entries give the {tiles} tiles and the root of the final checkpoint",
    ),
    8: (
        "チェックポイント{items}個は一つの記録の続きである",
        "{items} checkpoints are stages of one and the same log",
    ),
    9: (
        "お手元のチェックポイント{checkpoints}個、受付票{receipts}枚はこの記録に一致する",
        "{checkpoints} checkpoints and {receipts} receipts of yours belong to this log",
    ),
    10: (
        "{items}件すべてが正規の形で、番号・記録名・時刻が正しい",
        "all {items} are canonical, with index, log and time right",
    ),
    11: (
        "{items}件は手続の順序どおり(投票{ballots}件、不受理{refused}件)",
        "{items} entries stand in a lawful order ({ballots} ballots, {refused} refused)",
    ),
    12: ("議案書{items}版は確定時の記録と一致する", "{items} docket version(s) are those recorded"),
    13: ("書類{items}点は議案書の記載と一致する", "{items} documents are those the docket names"),
    14: (
        "{items}会員・{votes}票は確定時の記録と一致し、重複がない",
        "{items} members with {votes} votes are those frozen, nobody twice",
    ),
    15: ("{items}会員の氏名・番号が記録と一致する", "{items} names open their commitments"),
    16: (
        "{items}件の送信者は名簿にあり、通し番号に抜けがない({members}会員)",
        "the senders of {items} votes are on the roll, no gap in a sequence ({members} members)",
    ),
    17: ("{items}件の中身は受付時の記録と一致する", "{items} votes open to what was committed"),
    18: (
        "{items}件の署名は発行済みの鍵{keys}個によるもの(署名のない書面等{unsigned}件)",
        "{items} votes are signed by the {keys} keys issued ({unsigned} unsigned: paper and the like)",
    ),
    19: (
        "書面{items}通は到着後に2人が入力し、1回だけ使われた(担当者{officers}人)",
        "{items} papers were entered after arrival by two persons, each once ({officers} officers)",
    ),
    20: ("{items}件の受付時刻と期間の判定は正しい", "{items} votes are rightly in or out of the period"),
    21: (
        "{items}会員の有効な票({votes}票)は規則どおり選ばれた",
        "the ballots of {items} members ({votes} votes) count, by the rules",
    ),
    22: (
        "{items}会員({votes}票)は未提出の会員と一致する",
        "{items} members ({votes} votes) are exactly the silent ones",
    ),
    23: (
        "議案{items}件を数え直した結果は result.json と一字一句一致する",
        "counting {items} motions again gives result.json to the byte",
    ),
    24: (
        "PDF {items}点は記録に載り、同じ result.json を含む",
        "{items} PDF(s) are named in the ledger and carry the same result.json",
    ),
    25: (
        "発行{issued}=到達{delivered}+未達{undelivered}+確認なし{pending}、"
        "受付{sent}=有効{counted}+差替え{replaced}+不受理{refused}+無効{void}、各議案の合計{items}件は名簿と一致する",
        "issued {issued} = delivered {delivered} + undelivered {undelivered} + pending {pending}; "
        "sent {sent} = counted {counted} + replaced {replaced} + refused {refused} + void {void}; "
        "{items} sums of motions equal the roll",
    ),
    26: ("変更・訂正{items}件は2人が承認した", "{items} amendments and corrections have two approvals"),
    27: ("消去された{items}件は記録にある", "{items} erased records are accounted for"),
}

STATUS: Mapping[str, Texts] = {
    "proved": ("合格", "proved"),
    "failed": ("不合格", "FAILED"),
    "unproved": ("未証明", "NOT PROVED"),
    "withheld": ("非公開", "withheld"),
    "erased": ("消去済", "erased"),
}

PHRASES: Mapping[str, Texts] = {
    "rests-on": ("検査{number}が不合格のため確認できない", "cannot be proved, because check {number} failed"),
    "withheld": ("{why}により非公開", "withheld by {why}"),
    "erased": ("一部は消去済み(根拠: {why})", "partly erased under: {why}"),
    "none": ("該当なし", "nothing of this kind"),
    "warning": ("注意", "warning"),
    "note": ("備考", "note"),
    "log": ("記録", "log"),
    "audience": ("対象", "audience"),
    "public": ("公開用", "public"),
    "auditor": ("監事用", "auditor"),
    "result": ("結果", "result"),
    "motion": (
        "第{number}号 {outcome}: 賛成{in_favour}票・反対{against}票 {title}",
        "motion {number} {outcome}: for {in_favour}, against {against} {title}",
    ),
    "election": ("第{number}号 {outcome}: {title}", "motion {number} {outcome}: {title}"),
    "verified": (
        "検証済み: 全27項目に不合格はありません。",
        "VERIFIED: none of the 27 checks failed.",
    ),
    "partly": (
        "検証済み: 不合格はありません。ただし{number}項目は非公開又は消去のため一部だけを確認しました。",
        "VERIFIED: no check failed; {number} of them could prove a part only (withheld or erased).",
    ),
    "refuted": (
        "不一致: {failed}項目が不合格、{unproved}項目が未証明です。この結果を信頼してはいけません。",
        "REFUTED: {failed} checks failed, {unproved} could not be proved. Do not trust this result.",
    ),
    "unreadable": (
        "読めません: {name}: {detail}",
        "UNREADABLE: {name}: {detail}",
    ),
    "receipt-verified": ("受付票は本物です。", "VERIFIED: the receipt is true."),
    "receipt-refuted": ("受付票は事実と異なります: {detail}", "REFUTED: {detail}"),
}

OUTCOMES: Mapping[str, Texts] = {
    "carried": ("可決", "carried"),
    "rejected": ("否決", "rejected"),
    "not_formed": ("不成立", "not formed"),
    "pending": ("保留", "pending"),
    "condition_failed": ("条件不成就", "condition failed"),
    "objected": ("異議により不成立", "objected"),
    "elected": ("選出", "elected"),
    "vacancy": ("欠員あり", "vacancy"),
}
