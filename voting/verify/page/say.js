// What was found, as sentences in one language.
import * as jaChecks from "./words/checks.ja.js";
import * as enChecks from "./words/checks.en.js";
import * as jaFaults from "./words/faults.ja.js";
import * as enFaults from "./words/faults.en.js";
import { detailInJapanese } from "./words/details.ja.js";
import { JA } from "./words/page.ja.js";
import { EN } from "./words/page.en.js";

const LANGUAGES = {
  ja: { ...jaChecks, ...jaFaults, PAGE: JA, detail: detailInJapanese },
  en: { ...enChecks, ...enFaults, PAGE: EN, detail: (text) => text },
};
// Checks that may find nothing to look at; all others have to.
const MAY_BE_EMPTY = [5, 6, 9, 13, 26, 27];

/** @param {"ja" | "en"} language */
export function speaker(language) {
  const words = LANGUAGES[language], { PAGE } = words;
  // Readers speak English; a report in another language says the same in its own words.
  const own = (facts) => (facts?.detail === undefined ? facts : { ...facts, detail: words.detail(String(facts.detail)) });
  const page = (code, facts) => filled(PAGE[code], own(facts));

  /** What a check has found, in one sentence. */
  const outcome = (finding) => {
    const { number, status, items, facts, fault, restsOn, why } = finding;
    if (status === "failed") return filled(words.FAULTS[fault], own(facts));
    if (status === "unproved") return page("rests-on", { number: restsOn });
    if (status !== "proved") return page(status, { why });
    if (!items && MAY_BE_EMPTY.includes(number)) return page("none");
    return filled(words.PROVED[number], { ...facts, items });
  };

  /** A motion's result in one line; without numbers where they have another shape than a motion's. */
  const motion = (value) => {
    const sides = [value.for, value.against].map((side) => side?.total);
    const facts = {
      number: value.number, title: value.title, outcome: words.OUTCOMES[value.outcome] ?? value.outcome,
      in_favour: sides[0], against: sides[1],
    };
    return page(sides.every((total) => typeof total === "string") ? "motion" : "election", facts);
  };

  const note = ({ code, facts, isWarning }) => page(isWarning ? "warning" : "note", { text: filled(words.NOTES[code], facts) });
  return { page, outcome, motion, note, title: (number) => words.TITLES[number], status: (each) => words.STATUS[each] };
}

/** A sentence with its facts in their places. */
function filled(text, facts = {}) {
  return text.replace(/\{(\w+)\}/g, (_, name) => plain(facts[name]));
}

/** A fact as one line of plain text: what stands in a file must not steer the page, nor turn its writing round. */
export const plain = (value) => String(value).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "\ufffd");
