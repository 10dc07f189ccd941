// One receipt for its owner: whose, what, when, where; and what it proves and does not prove.
import { bullets, element, facts } from "./elements.js";
import { plain } from "./say.js";

/** An instant of the ledger as people in Japan read it. */
export function japanTime(text, language) {
  const [day, time] = new Date(Date.parse(text) + 9 * 3_600_000).toISOString().slice(0, 19).split("T");
  const [year, month, date] = day.split("-").map(Number);
  return language === "ja" ? `${year}年${month}月${date}日 ${time}` : `${day} ${time}`;
}

/** @param {boolean | null} proven whether check 9 has proved it, null where there was no bundle */
export function receiptView(receipt, say, language, proven) {
  const title = element("h2", {}, say.page("receipt-title", { name: receipt.name }));
  if (!receipt.holds) {
    return element("section", { class: "panel refuted" }, title,
      element("p", {}, receipt.other === null ? say.page("receipt-false") : say.page("receipt-other", { log: receipt.other })),
      element("p", {}, say.page("receipt-why", { detail: receipt.detail })));
  }
  const state = receipt.reason === null
    ? say.page("accepted", { sequence: receipt.sequence })
    : say.page("refused", { reason: say.page(`reason-${receipt.reason}`) });
  return element("section", { class: proven === false ? "panel refuted" : "panel" }, title,
    element("p", {}, say.page(proven === false ? "not-in-bundle" : "receipt-true")),
    facts(
      [say.page("receipt-member"), receipt.member ? plain(`${receipt.member.id} ${receipt.member.name}`) : say.page("receipt-none")],
      [say.page("receipt-state"), element("strong", {}, state)],
      [say.page("receipt-received"), say.page("jst", { at: japanTime(receipt.received, language) })],
      [say.page("receipt-channel"), say.page(`channel-${receipt.channel}`)],
      [say.page("receipt-level"), say.page(`level-${receipt.level}`)],
      [say.page("log"), element("code", {}, plain(receipt.log))],
      [say.page("receipt-place"), say.page("receipt-index", receipt)],
    ),
    element("h3", {}, say.page("receipt-choices")), choicesView(receipt, say),
    element("h3", {}, say.page("receipt-proves")), bullets(proofs(receipt).map((each) => say.page(each))),
    proven ? element("p", {}, say.page("in-bundle")) : null,
    element("h3", {}, say.page("receipt-not")), bullets(limits(proven).map((each) => say.page(each))));
}

function choicesView({ words, isProxy, defect }, say) {
  const numbers = Object.keys(words).sort((one, other) => Number(one) - Number(other));
  const rows = numbers.map((number) => element("tr", {},
    element("th", { scope: "row" }, say.page("receipt-choice", { number })), element("td", { lang: "ja" }, plain(words[number]))));
  const beside = isProxy ? say.page("receipt-proxy") : rows.length ? null : say.page("receipt-nothing");
  return element("div", {},
    rows.length ? element("table", { class: "choices" }, element("tbody", {}, rows)) : null,
    beside ? element("p", {}, element("strong", {}, beside)) : null,
    defect === null ? null : element("p", {}, say.page("receipt-defect", { defect })));
}

const proofs = ({ member, level }) => ["proves-1", "proves-2", member ? "proves-3" : null, level === "KP" ? null : "proves-4"].filter(Boolean);

// With the bundle, two of the three are known.
const limits = (proven) => (proven ? ["not-2"] : ["not-1", "not-2", "not-3"]);
