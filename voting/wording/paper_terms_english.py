"""The fixed words and sentences of each paper in English, by their Japanese.  A missing one is an error.

What stands in braces is filled in, and is the same in both.
"""

from collections.abc import Mapping

from voting.wording.office_terms_english import COVER, HANDOVER

RECEIPT: Mapping[str, str] = {
    "受付票": "Receipt",
    "到着の記録": "Record of arrival",
    "書面表決 {what}({record}に対する証明)": "Vote in writing: {what}, proved against {record}",
    "書面表決 {what}(控え)": "Vote in writing: {what} (to be kept)",
    "締切後の記録": "the record after the close",
    "最終の記録": "the final record",
    "{member}　御中": "{member}",
    "{body} {assembly}について、次の表決書が到着しましたが、{refused}到着の記録は残します。": (
        "For {assembly} of {body}, the ballot below has arrived. {refused} Its arrival stays on record."
    ),
    "{body} {assembly}について、次のとおり表決を受け付けました。": (
        "For {assembly} of {body}, your vote has been received as follows."
    ),
    "受付番号": "Receipt",
    "受付日時": "Received",
    "会員番号": "Member number",
    "回答者": "Answered by",
    "提出方法": "Sent by",
    "記載なし": "not stated",
    "{way}({level})": "{way} ({level})",
    "事務局から通知した回答コードによる": "by a code that the secretariat sent",
    "監査人から交付した回答コードによる": "by a code that the auditor gave",
    "書面を2名で入力し、確認": "on paper, entered and checked by 2 persons",
    "表決の期間": "Period",
    "問合せ先": "Contact",
    "表決の内容": "Vote",
    "議長に委任": "Proxy to the chair",
    "記録の確認": "Checking the record",
    "表決は、署名付きの記録に書き込まれました。期間の終了後に公表される記録に、この受付票の内容がそのまま"
    "含まれていることを、次の値により確かめることができます。記録の値には、表決の内容は表れません。": (
        "Your vote was written into a signed record. With the values below you can check that the record "
        "published after the period holds what this receipt says, unchanged. The values do not show how "
        "you voted."
    ),
    "この受付票の内容は、{record}(全{size}件)に含まれています。次のチェックポイントは、"
    "その全体への署名です。同じ証明は検証用の受付票ファイルにあり、公表された記録と照合することができます。"
    "記録の値には、表決の内容は表れません。": (
        "What this receipt says is in {record} ({size} entries). The checkpoint below is a signature on all "
        "of it. The receipt file for checking holds the same proof, which can be compared with the record "
        "as published. The values do not show how you voted."
    ),
    "QRコード: 記録の名称、番号及び値": "QR code: the record's name, the entry's number and its value",
    "記録の番号　{index}": "Entry: {index}",
    "記録の値(SHA-256)　{value}": "SHA-256 of the entry: {value}",
    "チェックポイント": "Checkpoint:",
    "検証鍵　{key}": "Key: {key}",
}
FORM: Mapping[str, str] = {
    "書面表決書": "Ballot form",
    "令和　　　年　　　月　　　日": "Date",
    "代表者職氏名": "Representative",
    "担当部署・担当者": "Section, person",
    "電話・電子メール": "Phone, mail",
    "{number}　　　議決権の数 {votes}": "{number}     Votes: {votes}",
    "{title}の議案について、次のとおり表決します。": "On the motions of {title} we vote as follows.",
    "各議案について、いずれか一つの欄に○を記入してください(印は不要です。)。": (
        "Put a circle into one of the boxes of each motion (no seal is needed)."
    ),
    "議案名": "Title",
    "選ぶ": "Choose",
    "{title}の候補者": "Candidates: {title}",
    "{title}の候補者({seats}人まで選択)": "Candidates: {title} (choose up to {seats})",
    "{title}(候補者 {names})": "{title} (candidates: {names})",
    "表決に加わりません": "does not vote on it",
    "意見(任意。表決には影響しません。)": "Opinion (may be left out; it does not affect the vote)",
    "提出期限　{deadline}　必着": "To be received by {deadline}",
    "{url}　({how})": "{url} ({how})",
    "通知に記載の回答コードを入力": "enter the code that the notice gives",
}
PROXY: Mapping[str, str] = {
    "委任状": "Proxy form",
    "私は、{clause}により、次の者を代理人と定め、{body}の{assembly}"
    "(書面開催)の下記の議案についての表決を委任します(印は不要です。)。": (
        "Under {clause}, I name the person below to vote for me on the motions below of {assembly} (held in "
        "writing) of {body} (no seal is needed)."
    ),
    "受任者": "Proxy",
    "議長　{name}": "The chair: {name}",
    "会員番号・団体名": "Number, member",
    "委任します": "by proxy",
    "連絡先": "Contact",
}
NOTICE: Mapping[str, str] = {
    "開催案内": "Notice",
    "{assembly}(書面開催)の開催について(通知)": "Notice of {assembly} (held in writing)",
    "{clause}の規定に基づき、": "Under {clause}, ",
    "{basis}{assembly}を書面により開催します。議案について御検討の上、"
    "{closing}までに到着するよう、下記のいずれかの方法により表決をお願いします。": (
        "{basis}{assembly} is held in writing. Please consider the motions, and vote in one of the ways "
        "below so that your vote arrives by {closing}."
    ),
    "根拠": "Basis",
    "{name}　{clause}": "{name}: {clause}",
    "期間": "Period",
    "基準日等": "Roll",
    "基準日　{day}": "As of {day}",
    "会員総数　{members}(議決権の数 {votes})": "{members} with {votes}",
    "資料": "Papers",
    "{motion}は、{condition}": "{motion} {condition}",
    "表決の方法": "How to vote",
    "次のいずれかの方法によります。": "In one of these ways:",
    "{way}　{to}": "{way}: {to}",
    "回答コードを入力": "enter the voting code",
    "提出期限": "Deadline",
    "{deadline}(必着)": "To arrive by {deadline}",
    "表決の取扱い": "Treatment",
    "質問": "Questions",
    "{day}までに、{page}　(回答コードを入力)又は下記の連絡先へお寄せください。"
    "回答は会員全員にお知らせします。質問した会員の名称は出しません。": (
        "Please ask by {day} on {page} (with the voting code) or the contact below. "
        "Replies go to all members; they do not name the member that asked."
    ),
    "結果の公表": "Result",
    "期間の終了後に集計し、監事の確認を経て、次のページに公表します。": (
        "After the period the votes are counted, checked by the auditors, and published on this page:"
    ),
    "記録の検証鍵": "Key of record",
    "結果を確かめるときに用います。結果の公表まで保管してください。": (
        "It serves to check the result. Please keep it until the result is published."
    ),
    "同封書類": "Enclosed",
    "担当及び連絡先": "Contact",
}
MINUTES: Mapping[str, str] = {
    "議事録": "Minutes",
    "{assembly}(書面開催)議事録": "Minutes of {assembly} (held in writing)",
    "案": "Draft",
    "訂正版(第{version}版)": "Corrected (version {version})",
    "総会の名称": "Assembly",
    "議決の方法": "Method",
    "書面による表決({clause})": "Vote in writing ({clause})",
    "書面による表決": "Vote in writing",
    "基準日": "Record date",
    "出席": "Attendance",
    "議長": "Chair",
    "議事の経過の要領及びその結果": "Course and results",
    "{motion}　{title}": "{motion}: {title}",
    "{name}　{line}": "{name}: {line}",
    "議決要件　{needed}。結果　{outcome}": "Required: {needed}. Result: {outcome}",
    "選出された者　{names}": "Elected: {names}",
    "{name}　{votes}": "{name}: {votes}",
    "{name}　{votes}　選出": "{name}: {votes}, elected",
    "会員の全員から書面又は電磁的記録により同意の意思表示があったため、"
    "{statute}の規定により、この議案を可決する旨の決議があったものとみなされた。": (
        "As every member declared its consent in writing or by electromagnetic record, a resolution to carry "
        "this motion is deemed to have been made under {statute}."
    ),
    "述べられた意見": "Opinions",
    "公表に同意のあったもの{number}件": "{number} that may be published, printed in the minutes in Japanese.",
    "なし": "none",
    "会員から質問{received}件を受け付けた。": "Questions received from members: {received}.",
    "会員から質問{received}件を受け付け、質問と回答を会員全員に公開した。": (
        "Questions received from members: {received}; questions and replies were shown to all members."
    ),
    "会員から質問{received}件を受け付け、うち{answered}件の質問と回答を会員全員に公開した。": (
        "Questions received from members: {received}; of these {answered} and the replies were shown to all."
    ),
    "規則確定後の変更": "Changes",
    "受付の障害": "Incidents",
    "決議事項の提案者": "Proposed by",
    "議案の提案者": "Proposed by",
    "決議があったものとみなされた日": "Deemed resolved",
    "決議の日": "Resolved on",
    "集計及び確認": "Count",
    "受け付けた表決書を、確定した名簿及び議決規則に基づき、集計プログラムにより計算した。": (
        "The ballots received were counted by a program, on the roll and by the rules that had been fixed."
    ),
    "この議事録の数は、訂正後の集計結果(第{version}版)による。": (
        "The numbers in these minutes are those of the corrected result (version {version})."
    ),
    "認証　{day}　{names}": "Certified on {day}: {names}",
    "認証　{names}": "Certified: {names}",
    "確認　{names}": "Checked: {names}",
    "記録の名称　{origin}": "Record: {origin}",
    "result.json の SHA-256　{value}": "SHA-256 of result.json: {value}",
    "議事録の作成者": "Written by",
    "署名者": "Signed by",
}
ERRATA: Mapping[str, str] = {
    "{assembly}(書面開催)の資料の正誤について(通知)": "Errata in the papers of {assembly} (held in writing)",
    "正誤表": "Errata",
    "{assembly}(書面開催)の資料に次のとおり誤りがありましたので、おわびして訂正します。"
    "お手元の資料は、次の「誤」を「正」に読み替えてください。": (
        "There are errors in the papers of {assembly} (held in writing), for which we apologise. In the "
        "papers that you have, please read what stands under Right in the place of what stands under Wrong."
    ),
    "総会の資料": "Papers of the assembly",
    "箇所": "Place",
    "誤": "Wrong",
    "正": "Right",
    "資料の SHA-256　{value}": "SHA-256: {value}",
    "{assembly}(書面開催)の質問への回答について(通知)": (
        "Replies to questions on {assembly} (held in writing)"
    ),
    "質問への回答": "Replies to questions",
    "{assembly}(書面開催)について会員から寄せられた質問に、次のとおり回答します。"
    "この回答は会員全員にお送りしています。質問した会員の名称は出していません。": (
        "These are the replies to questions that members asked on {assembly} (held in writing). "
        "They go to all members and do not name the member that asked."
    ),
    "質問{number}": "Question {number}",
    "回答({day})": "Reply ({day})",
    "補足({day})": "Supplement ({day})",
    "この回答により、議案の内容や提出済みの表決の取扱いが変わることはありません。": (
        "The replies change neither the motions nor how votes already returned are treated."
    ),
    "議決規則確定の時に定めた資料は、差し替えていません。既に提出された表決書は、そのまま有効です。": (
        "The papers that were fixed with the rules have not been replaced. Ballots already returned stay "
        "valid."
    ),
}
CORRECTION: Mapping[str, str] = {
    "{assembly}(書面開催)の結果の訂正について(通知)": (
        "Correction of the result of {assembly} (held in writing)"
    ),
    "結果の訂正": "Correction of the result",
    "{day}付けで公表した{assembly}(書面開催)の結果(第{before}版)を、"
    "下記のとおり訂正し、訂正版(第{version}版)を公表しました。": (
        "The result of {assembly} (held in writing) published on {day} (version {before}) has been corrected "
        "as below, and the corrected one (version {version}) has been published."
    ),
    "訂正の理由": "Reason",
    "訂正の承認": "Approved by",
    "訂正の内容": "What changed",
    "次のとおり。議案の可否に変更があります。": "As below. The outcome of a motion changed.",
    "次のとおり。各議案の可否に変更はありません。": "As below. No outcome changed.",
    "報告書を改めるもので、各議案の数及び可否に変更はありません。": (
        "The report was amended. No number and no outcome changed."
    ),
    "第{version}版(誤)": "Version {version} (wrong)",
    "第{version}版(正)": "Version {version} (right)",
    "変更なし": "no change",
    "{votes}票": "{votes} votes",
    "(うち未提出{votes}票)": " (of these {votes} silent)",
    "{favour}{yes}票{deemed}、{against}{no}票": "{favour} {yes}{deemed}, {against} {no}",
    "選出されず": "not elected",
    "各版のファイル": "Files",
    "訂正の前の版も、引き続き読むことができます。ファイルは次の値により確かめられます。": (
        "The version before can still be read. With these values the files can be checked:"
    ),
    "第{version}版 {name}　SHA-256　{value}": "Version {version}, {name}, SHA-256: {value}",
    "公表の場所": "Published at",
}
PAPER_SENTENCES: Mapping[str, str] = {
    **RECEIPT,
    **FORM,
    **PROXY,
    **NOTICE,
    **MINUTES,
    **ERRATA,
    **CORRECTION,
    **COVER,
    **HANDOVER,
}
