"""Why a check failed, and what is said beside a check, in Japanese and English.

What is in ``detail`` comes from the reader of a format, in English; ``detail_words`` has it in Japanese.
"""

from collections.abc import Mapping

from voting.verify.check_words import Texts

FAULTS: Mapping[str, Texts] = {
    "unexpected": ("検査を続けられない: {detail}", "the check could not go on: {detail}"),
    "missing": ("{path} がない", "{path} is missing"),
    "extra": ("{path} はあるはずのないファイル", "{path} should not be there"),
    "files-order": ("ファイルの順序が違うか、重複している", "files are doubled or out of order"),
    "damaged": ("{path} が壊れている", "{path} is damaged"),
    "file-hash": ("{path} の内容が記載と違う", "{path} is not the file that is named"),
    "note": ("{path} の署名が正しくない({detail})", "{path} is not signed as it should be ({detail})"),
    "note-text": ("{path} は別の一式への署名である", "{path} signs another bundle"),
    "other-key": (
        "記録は別の鍵 {found} で始まっている",
        "the log began with another key: {found}",
    ),
    "vkey-file": ("{path} が指定の鍵と違う", "{path} is not the key you gave"),
    "checkpoint": (
        "{path} は正しく署名されたチェックポイントでない({detail})",
        "{path} is no checkpoint signed by the log ({detail})",
    ),
    "checkpoint-place": ("{path} の名前と中身が合わない", "{path} does not hold what its name says"),
    "last-checkpoint": ("{path} は最後のチェックポイントでない", "{path} is not the last checkpoint"),
    "policy": ("立会人の方針又は署名が正しくない({detail})", "policy or cosignature is wrong ({detail})"),
    "policy-log": ("立会人の方針は別の記録のもの", "the policy is about another log"),
    "quorum": (
        "立会人の署名が足りない(必要 {quorum}、あり {names})",
        "not enough witnesses have signed (wanted {quorum}, found {names})",
    ),
    "stamp-without-authority": ("{path} は認められた発行者がない", "{path}: no authority was named"),
    "stamp-of-nothing": ("{path} に対応するチェックポイントがない", "{path} stamps no checkpoint"),
    "stamp": ("{path} は正しいタイムスタンプでない({detail})", "{path} is no right time-stamp ({detail})"),
    "stamp-authority": ("{path} の発行者は認められていない", "{path} is by an authority that was not named"),
    "tile": ("記録のファイルが読めない({detail})", "a bundle of entries cannot be read ({detail})"),
    "no-entries": ("記録が1件もない", "there is no entry"),
    "tile-differs": ("{path} が記録と一致しない", "{path} is not what the entries give"),
    "root": (
        "記録{size}件のルートが署名されたもの({signed}件)と違う",
        "the root of {size} entries is not the signed one (of {signed})",
    ),
    "fork": (
        "{size}件のチェックポイントはこの記録のものでない(記録が書き換えられた)",
        "the checkpoint at {size} is of another history: the log was rewritten",
    ),
    "held-note": (
        "{name} は記録の鍵で署名されていない({detail})",
        "{name} is not signed by the log ({detail})",
    ),
    "held-other": (
        "{name} は別の記録 {log} のものである。この一式に誤りがあることにはならない。"
        "{name} を除いて確かめ直すこと",
        "{name} belongs to another log, {log}, and says nothing of this one: verify again without it",
    ),
    "held-longer": (
        "{name} は{size}件を示すが、この記録は{found}件しかない(記録が隠されている)",
        "{name} speaks of {size} entries, but there are {found}: some are hidden",
    ),
    "held-fork": (
        "{name} は別の記録のもの(記録が書き換えられた)",
        "{name} is of another history: the log was rewritten",
    ),
    "receipt": ("{name} は正しい受付票でない({detail})", "{name} is no true receipt ({detail})"),
    "receipt-entry": ("{name} の票が記録の{index}番にない", "the vote of {name} does not stand at {index}"),
    "receipt-clash": (
        "{name} と {other} は両立しない(会員番号 {id} が別の名前の会員にも渡された)",
        "{name} and {other} cannot both be true (member number {id} was given to two names)",
    ),
    "receipt-key": ("{name} の鍵は発行されたものでない", "the key of {name} is not the one issued"),
    "receipt-base": ("{name} は別の議案書への票である", "{name} answers another docket"),
    "entry": ("記録{index}番の形式が正しくない({detail})", "entry {index} is malformed ({detail})"),
    "entry-index": ("記録{index}番に{found}番が置かれている", "entry {found} stands at {index}"),
    "entry-log": ("記録{index}番は別の記録 {found} のもの", "entry {index} belongs to {found}"),
    "entry-time": ("記録{index}番の時刻が前より早い", "entry {index} is earlier than the one before"),
    "history": ("記録{index}番は手続に反する({detail})", "entry {index} may not stand there ({detail})"),
    "no-entry-of": ("{kind} の記録がない", "there is no {kind} entry"),
    "docket-hash": ("{path} は確定された議案書でない", "{path} is not the docket recorded"),
    "docket": ("{path} は議案書として使えない({detail})", "{path} is no sound docket ({detail})"),
    "line": ("{path} の{line}行目が正しくない({detail})", "{path}, line {line}: {detail}"),
    "line-order": ("{path} の{line}行目の順序が違うか重複", "{path}, line {line}: doubled or out of order"),
    "list-root": ("{path} は記録された一覧でない", "{path} is not the list recorded"),
    "roll-totals": (
        "名簿は{members}会員・{votes}票で、確定時の記録と違う",
        "the roll has {members} members with {votes} votes, which is not what was frozen",
    ),
    "name-opening": (
        "会員 {member} の氏名・番号が記録と合わない({detail})",
        "the name does not open member {member} ({detail})",
    ),
    "same-member": ("{path} に同じ会員が2回ある", "{path} has a member twice"),
    "names-missing": ("氏名のない会員が{members}いる", "{members} members have no name"),
    "not-on-roll": ("記録{index}番の送信者は名簿にない", "the sender of {index} is not on the roll"),
    "sequence": ("記録{index}番の通し番号又は差替え元が違う", "sequence or replacement of {index} is wrong"),
    "close-totals": (
        "記録{index}番(締切)の数が違う(実際は{members}会員・{votes}票)",
        "the close at {index} counts wrong: it was {members} members with {votes} votes",
    ),
    "commitment-twice": ("記録{index}番は以前の票の写しである", "entry {index} repeats an earlier vote"),
    "opening-of-nothing": ("{index}番の票の中身があるが票がない", "there is an opening of {index}, no vote"),
    "opening-missing": ("記録{index}番の票の中身がない", "the opening of {index} is missing"),
    "opening": ("記録{index}番の票の中身が受付時と違う", "{index} does not open to what was committed"),
    "opening-says": ("記録{index}番の票の {member} が違う", "the ballot of {index} says another {member}"),
    "opening-motions": ("記録{index}番の票の議案が議案書と違う", "{index} does not answer every motion"),
    "no-key": ("記録{index}番の会員に有効な鍵がない", "the member of {index} had no key"),
    "level": (
        "記録{index}番の区分 {level} が発行時の {issued} と違う",
        "entry {index} claims level {level}, but {issued} was issued",
    ),
    "signature": (
        "記録{index}番は会員の鍵で署名されていない",
        "{index} was not signed with the member's key",
    ),
    "credential": ("記録{index}番は未発行の会員の鍵を変えている", "{index} changes a key never issued"),
    "batch": ("{path}: 記録{index}番の一覧が合わない", "{path}: the batch of {index} does not fit"),
    "batch-root": ("{path} は記録{index}番の一覧でない", "{path} is not the list of {index}"),
    "batch-rest": ("{path} に記録のない行がある", "{path} has lines of no entry"),
    "officer-unlisted": ("記録{index}番の担当者が一覧にない", "an officer of {index} is not listed"),
    "officer-idle": ("{path} の {pc} は記録にない", "{path}: {pc} is in no entry"),
    "officer-twice": ("{path} に同じ人が2回ある", "{path} has one person twice"),
    "officer-opening": ("担当者 {pc} の氏名が記録と合わない", "the name does not open officer {pc}"),
    "paper": ("記録{index}番の書面の番号又は到着時刻が違う", "serial or arrival of paper {index} is wrong"),
    "paper-used": (
        "記録{index}番の書面{paper}番は未登録か使用済み",
        "{index}: the paper at {paper} was not registered, or used before",
    ),
    "paper-time": (
        "記録{index}番の受付時刻が書面{paper}番の到着と違う",
        "{index} was not received when {paper} came",
    ),
    "paper-left": ("記録{index}番の書面の扱いが記録されていない", "nothing was done about paper {index}"),
    "one-reader": ("記録{index}番は2人で入力されていない", "{index} was not entered by two persons"),
    "close-time": ("記録{index}番(締切)の時刻が議案書と違う", "the close at {index} is not the docket's"),
    "out-of-period": ("記録{index}番は期間外の票である", "ballot {index} was not received in the period"),
    "not-late": ("記録{index}番は期限内なのに期限後とされた", "{index} was in time and refused as late"),
    "not-early": ("記録{index}番は開始後なのに開始前とされた", "{index} was refused as early and was not"),
    "not-suspended": ("記録{index}番を止める障害の記録がない", "no incident explains the refusal of {index}"),
    "not-prompt": ("記録{index}番は受付から1分以内に記録されていない", "{index} was not written in a minute"),
    "returned": (
        "提出数が違う(実際は{members}会員・{votes}票)",
        "the returns are stated wrong: {members} members with {votes} votes",
    ),
    "levels": ("本人確認の区分別の数が違う", "the numbers by level are stated wrong"),
    "fact": ("記録{index}番の事実は集計に使えない", "the fact of {index} cannot be counted"),
    "uncountable": ("集計できない({detail})", "it cannot be counted ({detail})"),
    "not-silent": ("{member} は未提出でないのにみなされた", "{member} was deemed and is not silent"),
    "silent-missing": ("{member} は未提出なのにみなしの一覧にない", "{member} is silent and not listed"),
    "deemed-entry": ("{path} が記録{index}番と合わない", "{path} is not what entry {index} says"),
    "deemed-clause": (
        "記録{index}番のみなしの根拠が議案書と違う",
        "the clause of {index} is not the docket's",
    ),
    "result-hash": ("result.json は記録に載った結果でない", "result.json is not the result recorded"),
    "result-form": ("result.json の形式が正しくない({detail})", "result.json is malformed ({detail})"),
    "recount": ("数え直した結果が result.json と違う({where})", "the recount differs at {where}"),
    "papers": ("PDF {found}点が記録の{named}点と一致しない", "{found} PDFs are not the {named} recorded"),
    "uncertified": (
        "公表用の一式なのに、結果の認証が記録にない",
        "the bundle is for the public, but no entry certifies the result",
    ),
    "pdf": ("{path} が読めない({detail})", "{path} cannot be read ({detail})"),
    "pdf-without-result": ("{path} に result.json が埋め込まれていない", "{path} embeds no result.json"),
    "pdf-result": ("{path} の result.json が記録と違う", "{path} embeds another result.json"),
    "pdf-signature": ("{path} の署名が正しくない({detail})", "the signature in {path} is wrong ({detail})"),
    "delivered-unissued": ("{path}: {member} は発行されていない", "{path}: {member} was issued nothing"),
    "vote-lost": ("記録{index}番の票がどこにも数えられていない", "ballot {index} is counted nowhere"),
    "sums": ("議案{motion}の合計が名簿と合わない({detail})", "motion {motion}: sums are wrong ({detail})"),
    "one-approval": ("記録{index}番は2人が承認していない", "{index} was not approved by two persons"),
    "amended-beside": (
        "記録{index}番は {what} の変更とされたが、それ以外も変えている",
        "{index} is called an amend of {what}, but changes more than that",
    ),
    "corrects-nothing": (
        "記録{index}番が訂正する{of}番は結果ではない",
        "{index} corrects {of}, which states no result",
    ),
    "erased": (
        "{missing}件が欠けているが、消去の記録は{erased}件",
        "{missing} records are gone, but {erased} were recorded as erased",
    ),
}

NOTES: Mapping[str, Texts] = {
    "no-witnesses": ("立会人なし", "no witnesses"),
    "cosigned": ("立会人: {names}", "witnesses: {names}"),
    "no-timestamps": ("タイムスタンプの定めなし", "no time-stamps are due"),
    "stamped": ("最後のタイムスタンプ: {at}", "last stamped: {at}"),
    "k0": (
        "K0の票{number}件: コードを事務局側で作成したため、署名は事務局自身による投票を防がない",
        "{number} ballots of level K0: the service made the code, so the signature does not bind the service",
    ),
    "no-papers": ("結果はまだ認証されていない", "the result is not certified yet"),
    "pdf-unsigned": (
        "{path} 署名なし: 記録のハッシュのみ",
        "{path} unsigned: hash in the ledger only",
    ),
    "pdf-signed": (
        "{path} 署名者: {names}(証明書の信頼性は別途確認が必要)",
        "{path} signed by {names} (whether to trust the certificate is not checked here)",
    ),
    "amended": (
        "確定後の変更 {what}(記録{index}番): {reason}",
        "{what} amended after the freeze (entry {index}): {reason}",
    ),
    "corrected": (
        "結果の訂正(記録{index}番): {reason}",
        "the result was corrected (entry {index}): {reason}",
    ),
    "incident": (
        "障害の記録(記録{index}番): {at}から{to}まで {what}",
        "incident (entry {index}) from {at} to {to}: {what}",
    ),
    "incident-decides": (
        "期間中の障害(記録{index}番): 影響し得る{members}会員は、議案{motion}の結果を変え得る{to_flip}以上",
        "incident in the period (entry {index}): {members} members may have been kept from voting, "
        "{to_flip} suffice to change motion {motion}",
    ),
}
