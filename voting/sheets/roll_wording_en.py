"""What is said in English about the rows of a members' roll: ``roll_wording``, sentence by sentence."""

ROLL_SENTENCES_EN = {
    "cell-error": "A cell of “{column}” holds an error value (such as #N/A). Please enter the right value.",
    "cell-formula": (
        "A formula in “{column}” was saved without its result. "
        "Open the file in Excel and save it again, or enter the value."
    ),
    "row-total": "Taken for a line of totals and passed over.",
    "row-heading": "Taken for the headings once more and passed over.",
    "row-note": "Taken for a note and passed over.",
    "row-unknown": "Passed over: there is neither a member number nor a name.",
    "row-hidden": "The row is hidden in the sheet. It is read as a member; delete it if it is not wanted.",
    "member-missing": "The member number is missing. Please enter it, or delete the row.",
    "member-unusable": (
        "The member number {text} is too long or has characters that cannot be used. "
        "Please enter at most 64 characters."
    ),
    "member-folded": "The member number “{text}” was read as “{read}”.",
    "member-twice": (
        "The member number comes twice (rows {first} and {second}). Please mend one of them, or delete a row."
    ),
    "name-missing": "The name is missing. Please enter it.",
    "name-trimmed": "Blanks before or after the name were removed.",
    "name-too-long": "The name is too long. Please enter at most {limit} characters.",
    "name-lost": (
        "In the name “{text}” a character seems to have been lost and become “?”. "
        "Please enter the right one and save the file as UTF-8."
    ),
    "name-lost-code": (
        "In the name “{text}” a character seems to have been lost and become “?”. "
        "Please enter the right name for the code {hint}."
    ),
    "name-control": "The name {text} holds a control character that is not shown. Please delete it.",
    "name-invisible": "The name holds a character of no width. Delete it if it is not wanted.",
    "name-private": (
        "The name “{text}” holds a private character that others cannot see. "
        "Please replace it by a standard one."
    ),
    "code-check-digit": (
        "In “{column}” the check digit of {text} does not fit (could it be {offer}?). Please check it."
    ),
    "code-repair": (
        "In “{column}” {text} has too few digits (could it be {offer}?). Please check and mend it."
    ),
    "code-unknown": (
        "In “{column}” {text} is neither a public code (6 digits) nor a corporate number (13 digits). "
        "Please mend it, or leave the cell empty."
    ),
    "code-folded": "In “{column}” {text} was read as {read}.",
    "code-repaired": "In “{column}” {text} was read as {read}, as you have confirmed.",
    "code-twice": (
        "The same code ({text}) stands in row {first} as well. Please check that nobody is listed twice."
    ),
    "address-no-domain": (
        "In “{column}” the domain of {text} is not complete. Please check what stands after “@”."
    ),
    "address-unusable": "In “{column}” {text} cannot be used as a mail address. Please mend or delete it.",
    "address-blank": (
        "In “{column}” “{text}” has a blank or a line break inside and cannot be used as a mail address. "
        "Please delete blanks and line breaks, and put “;” between several addresses."
    ),
    "address-folded": "“{column}” was read as {read}.",
    "addresses-several": "“{column}” was read as {read}.",
    "value-read": "“{column}” was read as {read}.",
    "has-left": (
        "“{column}” is {day}: not on a roll whose record date is that day or later (the record is kept)."
    ),
    "address-none": "There is no mail address: this member can be reached by post only.",
    "postcode-unsound": (
        "In “{column}” {text} is no postcode of seven digits. It will not be printed on labels."
    ),
    "field-unprintable": "“{column}” has characters that cannot be used. Please type it anew.",
    "field-too-long": "“{column}” is too long. Please use at most {limit} characters.",
    "no-address-column": "There is no column of mail addresses: members can be reached by post only.",
    "no-members": "There are no rows of members. Please enter them below the headings.",
    "votes-not-positive": "In “{column}” {text} cannot be used. A number of votes is greater than 0.",
    "votes-places": "In “{column}” {text} has more than six decimal places. Please use at most six.",
    "votes-no-number": "In “{column}” {text} cannot be read as a number. Please enter digits only.",
    "votes-too-many": "In “{column}” {text} is too large. Please check the number.",
    "date-unreadable": (
        "In “{column}” {text} cannot be read as a date. Please write it as 2024/9/27 or 令和6年9月27日."
    ),
    "date-weekday": "In “{column}” {text} has the wrong weekday (it should be {true}). Please mend it.",
    "date-era": (
        "In “{column}” {text} lies outside of its era (could it be {true}?). Please check and mend it."
    ),
    "date-serial": (
        "In “{column}” {text} is a number and no date (could it be {offer}?). "
        "Please give the cell the format of a date."
    ),
    "left-before-joined": "“{column}” lies before the day of joining. Please check both days.",
}
