// A ballot's choices in the words that a receipt repeats for people.  They are part of the receipt's format
// and stay Japanese in every language of the page.
import { FormatFault } from "./faults.js";
import { isObject } from "./jcs.js";

const MARKS = new Map([["for", "賛成"], ["against", "反対"], ["abstain", "棄権"], ["blank", "無記入"], ["both", "両方に○"]]);
// A vote on a person is one of confidence; the rest reads the same.
const CONFIDENCE = new Map([...MARKS, ["for", "信任"], ["against", "不信任"]]);

/** The words by the number of the motion. */
export const wordsOf = (choices) => new Map(Object.entries(choices).map(([number, choice]) => [number, phrase(choice)]));

function phrase(choice) {
  if (MARKS.has(choice)) return MARKS.get(choice);
  if (Array.isArray(choice)) return choice.join("、") || MARKS.get("blank");
  if (!isObject(choice)) throw new FormatFault("a choice without words");
  return Object.keys(choice).sort().map((name) => `${name}：${CONFIDENCE.get(choice[name])}`).join("、");
}
