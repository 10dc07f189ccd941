// The report as elements.  Nothing is decided here: what was found comes from judge.js.
import { bullets, element, facts } from "./elements.js";
import { plain, speaker } from "./say.js";
import { isClash } from "./clashes.js";
import { passes } from "./checks/run.js";
import { receiptView } from "./receipt-view.js";

const LIMITS = ["limit-1", "limit-2", "limit-3", "limit-4"];

/**
 * @param {import("./judge.js").Report} report @param {"ja" | "en"} language
 * @param {{key: string, files: {name: string, size: number}[]}} given what was checked, for the printed page
 */
export function reportView(report, language, given, print) {
  const say = speaker(language), isBundle = report.checks.length > 0;
  const proven = report.checks.find((each) => each.number === 9)?.status === "proved";
  return [
    verdictView(report, say),
    element("p", { class: "actions screen" }, printButton(say, print)),
    report.motions.length && report.exit === 0 ? resultView(report, say) : null,
    ...[...report.pairs].sort((one, other) => isClash(other) - isClash(one)).map((each) => pairView(each, say)),
    ...report.receipts.map((each) => receiptView(each, say, language, isBundle ? proven : null)),
    ...report.checkpoints.map((each) => checkpointView(each, say)),
    report.verdict === "unreadable" ? null : aboutView(report, say, given),
    isBundle ? checksView(report, say) : null,
    isBundle ? element("section", {}, element("h2", {}, say.page("limits-title")), bullets(LIMITS.map((each) => say.page(each)))) : null,
  ].filter(Boolean);
}

function printButton(say, print) {
  const button = element("button", { type: "button", class: "second" }, say.page("print"));
  button.addEventListener("click", print);
  return button;
}

/** The verdict in big letters, what it means, and what to do now. */
function verdictView(report, say) {
  const title = element("h2", { id: "verdict", tabindex: "-1" }, say.page(`verdict-${report.verdict}`));
  const isHeld = report.verdict !== "unreadable" && !report.checks.length;
  const next = isOthers(report) ? "next-others" : `next-${report.verdict}${isHeld ? "-held" : ""}`;
  return element("section", { class: `panel verdict ${report.verdict}`, "aria-labelledby": "verdict" },
    title, element("p", {}, meaning(report, say)), element("h3", {}, say.page("next-title")), element("p", {}, say.page(next)),
    report.unreadable.length ? bullets(report.unreadable.map((each) => unreadableText(each, say))) : null);
}

/** What two receipts have between them: a contradiction, or one entry. */
function pairView(pair, say) {
  return element("section", { class: isClash(pair) ? "panel refuted" : "panel" },
    element("h2", {}, say.page(isClash(pair) ? "clash-title" : "same-title")), element("p", {}, say.page(`pair-${pair.what}`, pair)));
}

/** Whether nothing is wrong but that files were given which name another log. */
function isOthers({ verdict, checks, receipts, checkpoints, pairs }) {
  const wrong = [...receipts, ...checkpoints].filter((each) => !each.holds);
  return verdict === "refuted" && wrong.length > 0 && wrong.every((each) => each.other !== null)
    && checks.every((each) => passes(each) || each.number === 9) && !pairs.some(isClash);
}

function meaning(report, say) {
  const { verdict, checks, receipts, checkpoints } = report;
  const number = (...statuses) => checks.filter((each) => statuses.includes(each.status)).length;
  if (verdict === "unreadable") return say.page("means-unreadable");
  const failed = [...receipts, ...checkpoints].filter((each) => !each.holds).length;
  if (isOthers(report)) return say.page(checks.length ? "means-others" : "means-others-held", { failed });
  if (verdict === "refuted" && checks.length) {
    const unproved = number("unproved");
    return say.page(unproved ? "means-refuted" : "means-refuted-all", { failed: number("failed"), unproved });
  }
  if (verdict === "refuted") return failed ? say.page("means-refuted-held", { failed }) : say.page("means-clash");
  if (!checks.length) return say.page(receipts.length ? "means-verified-receipt" : "means-verified-checkpoint");
  const partly = number("withheld", "erased");
  return partly ? say.page("means-partly", { number: partly }) : say.page("means-verified");
}

function unreadableText({ name, code, detail }, say) {
  const where = name || say.page(code === "no-files" ? "these-files" : code.includes("key") ? "this-key" : "this-browser");
  return say.page("unreadable-item", { name: where, text: say.page(code, { detail }) });
}

function resultView({ motions }, say) {
  return element("section", {}, element("h2", {}, say.page("result-title")), bullets(motions.map((each) => say.motion(each))));
}

function checkpointView(each, say) {
  const head = [element("h2", {}, say.page("checkpoint-title", { name: each.name }))];
  if (!each.holds) {
    return element("section", { class: "panel refuted" }, head, element("p", {}, say.page("checkpoint-false")),
      element("p", {}, say.page("receipt-why", { detail: each.detail })));
  }
  return element("section", { class: "panel" }, head, element("p", {}, say.page("checkpoint-true")), facts(
    [say.page("log"), element("code", {}, plain(each.log))],
    [say.page("checkpoint-size"), String(each.size)],
    [say.page("checkpoint-root"), element("code", {}, each.root)],
  ), element("p", { class: "small" }, say.page("checkpoint-means")));
}

function aboutView({ log, audience }, say, { key, files }) {
  return element("section", {}, element("h2", {}, say.page("about-title")), facts(
    [say.page("log"), element("code", {}, plain(log))],
    audience && [say.page("audience"), say.page(audience)],
    [say.page("key"), element("code", {}, plain(key))],
    [say.page("files"), files.map(({ name, size }) => element("div", {}, plain(name), " (", say.page("size", { size }), ")"))],
  ));
}

/** All 27, those that do not pass first. */
function checksView({ checks }, say) {
  const ordered = [...checks.filter((each) => !passes(each)), ...checks.filter(passes)];
  const head = ["number", "check", "state", "found", "items"].map((each) => element("th", { scope: "col" }, say.page(each)));
  return element("section", {}, element("h2", {}, say.page("checks-title")), element("p", { class: "small" }, say.page("checks-help")),
    element("table", { class: "checks" }, element("thead", {}, element("tr", {}, head)), element("tbody", {}, ordered.map((each) => checkRow(each, say)))));
}

function checkRow(finding, say) {
  const notes = finding.notes.map((note) => element("p", { class: note.isWarning ? "beside warning" : "beside" }, say.note(note)));
  return element("tr", { class: finding.status },
    element("td", {}, String(finding.number)),
    element("th", { scope: "row" }, say.title(finding.number)),
    element("td", {}, element("span", { class: "tag" }, say.status(finding.status))),
    element("td", { class: "found" }, say.outcome(finding), notes),
    element("td", { class: "items" }, finding.status === "failed" || finding.status === "unproved" ? "" : String(finding.items)));
}
