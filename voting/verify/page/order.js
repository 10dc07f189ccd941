// Whether the entries may follow each other as they do.  Source: ledger L3, rules and order.
import { parseVkey } from "./formats/note.js";
import { isVote } from "./formats/kinds.js";

const ANSWERED_WITHIN = 60_000; // milliseconds
const STAGES = ["empty", "begun", "frozen", "open", "closed", "deemed", "tallied", "declared"];
const ALLOWED = {
  empty: "genesis",
  begun: "freeze key",
  frozen: "issue key",
  open: "issue delivery ballot refused paper credential fact operator amend incident close key",
  // Paper and its amend: a sheet found after the close must be registered before it can be refused.
  closed: "refused operator incident fact delivery ballot paper amend deemed key",
  deemed: "tally key",
  tallied: "result key",
  declared: "correction erase incident operator result key",
};
const LEADS_TO = {
  genesis: "begun", freeze: "frozen", issue: "open", close: "closed", deemed: "deemed", tally: "tallied", result: "declared",
};

export class IllegalHistory extends Error {
  constructor(index, reason) {
    super(reason);
    this.index = index;
  }
}

const covers = (incident, instant) => incident.from <= instant && instant <= incident.to;

/**
 * Fold the entries, and refuse a history that the rules do not allow.
 * @param {import("./formats/entries.js").Entry[]} entries
 * @param {Map<string, {opensAt: number, closesAt: number}>} periods by SHA-256 of the docket that sets each
 */
export function replay(entries, periods) {
  const history = new History(periods);
  for (const entry of entries) history.add(entry);
  if (!history.hasTally) throw new IllegalHistory(entries.length, "the log ends without close and tally");
  return history;
}

class History {
  stage = "empty";
  size = 0;
  latest = new Map();
  sheets = new Map();
  serials = new Set();
  admitted = new Set();
  incidents = [];
  delays = [];
  vkeys = [];
  receipts = [];
  late = [];
  amended = new Set();
  ballots = 0;
  refused = 0;

  constructor(periods) {
    this.periods = periods;
  }

  add(entry) {
    const demand = (holds, reason) => {
      if (!holds) throw new IllegalHistory(entry.index, reason);
    };
    const { kind, body } = entry;
    demand(entry.index === this.size, `the next index is ${this.size}`);
    demand(this.log === undefined || entry.log === this.log, "it belongs to another log");
    demand(this.time === undefined || entry.time >= this.time, "its time is before the last entry's");
    demand(ALLOWED[this.stage].split(" ").includes(kind), `a ${kind} entry may not stand at this stage`);
    if (Object.hasOwn(RULES, kind)) RULES[kind](this, entry, body, demand);
    Object.assign(this, { log: entry.log, time: entry.time, size: entry.index + 1 });
    const next = LEADS_TO[kind];
    if (next && STAGES.indexOf(next) > STAGES.indexOf(this.stage)) this.stage = next;
    if (isVote(entry)) this.#received(entry);
  }

  get period() {
    return this.periods.get(this.docket);
  }

  get closesAt() {
    return this.close ? this.close.closes_at : this.period?.closesAt;
  }

  #received({ index, time, body }) {
    if (body.paper !== null) {
      this.sheets.get(body.paper).isUsed = true;
      return;
    }
    const isPrompt = body.received_at <= time && time <= body.received_at + ANSWERED_WITHIN;
    // The operator may still record the outage; the tally must not come before.
    if (!isPrompt && !this.incidents.some((each) => covers(each, body.received_at))) this.delays.push({ index, at: body.received_at });
  }
}

const requireTwo = ([first, second], demand) => demand(first !== second, "two different persons are needed");

// After an amend of the roll its new totals are in the new roll only.
const requireOnRoll = (history, members, demand) =>
  demand(history.amended.has("roll") || members <= history.rollMembers, "more members than the roll has");

/** What holds for every vote, accepted or not. */
function requireVote(history, body, demand) {
  if (body.entered_by !== null) requireTwo(body.entered_by, demand);
  if (body.paper === null) return;
  const sheet = history.sheets.get(body.paper);
  demand(sheet, `no paper was registered at ${body.paper}`);
  demand(!sheet.isUsed, `the paper of ${body.paper} was used before`);
  demand(body.received_at === sheet.arrivedAt, "it was not received when its paper arrived");
}

const isEarly = ({ period }, body) => period !== undefined && body.received_at < period.opensAt;

const RULES = {
  genesis(history, entry, body, demand) {
    demand(parseVkey(body.log_key).name === entry.log, "the key bears another name than the log");
    demand(body.previous === null || body.previous.log !== entry.log, "a log cannot follow itself");
    history.vkeys.push(body.log_key);
  },
  freeze(history, entry, body, demand) {
    requireTwo(body.approvals, demand);
    Object.assign(history, { docket: body.docket_sha256, rollRoot: body.roll.root, rollMembers: body.roll.members });
  },
  issue(history, entry, body, demand) {
    requireOnRoll(history, body.members, demand);
  },
  ballot(history, entry, body, demand) {
    const before = history.latest.get(body.member);
    demand(body.sequence === (before ? before.sequence + 1 : 1), "the sequence has a gap");
    demand(body.replaces === (before ? before.index : null), "it replaces another than the last ballot");
    requireVote(history, body, demand);
    demand(history.closesAt === undefined || body.received_at < history.closesAt, "it was received at or after the close");
    demand(!isEarly(history, body), "it was received before the opening");
    if (history.stage === "closed") {
      demand(body.paper !== null, "after the close only paper received in time is accepted");
      const sheet = history.sheets.get(body.paper);
      demand(!sheet.isAfterClose || history.admitted.has(sheet.scan), "its paper was registered after the close and no amend names it");
    }
    history.ballots += 1;
    history.latest.set(body.member, { sequence: body.sequence, index: entry.index });
    history.receipts.push(body.received_at);
  },
  refused(history, entry, body, demand) {
    requireVote(history, body, demand);
    if (body.reason === "late") {
      const isFoundLate = body.paper !== null && history.sheets.get(body.paper).isAfterClose;
      const inTime = history.closesAt !== undefined && body.received_at < history.closesAt;
      demand(isFoundLate || !inTime, "it was received in time and refused as late");
      history.late.push(body.received_at);
    }
    if (body.reason === "early") demand(!history.period || isEarly(history, body), "it was not received before the opening");
    history.refused += 1;
  },
  paper(history, entry, body, demand) {
    demand(body.arrived_at <= entry.time, "the paper arrives after its entry");
    demand(!history.serials.has(body.serial), "the serial number was given before");
    history.serials.add(body.serial);
    const isAfterClose = history.close !== undefined;
    history.sheets.set(entry.index, { arrivedAt: body.arrived_at, scan: body.scan_sha256, isAfterClose, isUsed: false });
  },
  fact(history, entry, body, demand) {
    requireTwo(body.approvals, demand);
    if (body.what === "chair_decision") demand(history.stage === "open", "the chair decides for proxies before the close");
    if (["tie_decision", "lot"].includes(body.what)) demand(history.stage === "closed", "a tie is decided after the close");
  },
  amend(history, entry, body, demand) {
    requireTwo(body.approvals, demand);
    history.amended.add(body.what);
    if (body.what === "paper") {
      history.admitted.add(body.new_sha256);
      return;
    }
    demand(history.stage === "open", "after the close only a paper can be admitted");
    const place = body.what === "roll" ? "rollRoot" : "docket";
    demand(body.old_sha256 === history[place], "it amends something that is not in force");
    history[place] = body.new_sha256;
  },
  incident(history, entry, body) {
    history.incidents.push(body);
    history.delays = history.delays.filter((delay) => !covers(body, delay.at));
  },
  operator(history, entry, body, demand) {
    if (body.target?.startsWith("entry:")) demand(Number(body.target.slice(6)) < entry.index, "its target does not exist yet");
  },
  close(history, entry, body, demand) {
    demand(body.last_index === entry.index - 1, "its last index is not the one before");
    demand(body.closes_at <= entry.time, "it is written before the period is over");
    demand(body.members === history.latest.size, `${history.latest.size} members have a ballot`);
    demand(!history.period || body.closes_at === history.period.closesAt, "the docket closes at another instant");
    demand(history.receipts.every((at) => at < body.closes_at), "a ballot was received at or after the close");
    // Under an earlier end of the period a refusal was right that would be wrong under the last one.
    const wasRight = history.amended.has("period") || history.late.every((at) => at >= body.closes_at);
    demand(wasRight, "a vote received in time was refused as late");
    history.close = body;
  },
  deemed(history, entry, body, demand) {
    for (const [index, sheet] of history.sheets) demand(sheet.isUsed, `nothing was done about the paper of ${index}`);
    requireOnRoll(history, body.members, demand);
  },
  tally(history, entry, body, demand) {
    const [delay] = history.delays;
    demand(!delay, `no incident explains why entry ${delay?.index} was not written within 60 seconds`);
    history.hasTally = true;
  },
  correction(history, entry, body, demand) {
    requireTwo(body.approvals, demand);
    demand(body.of < entry.index, "it corrects an entry that does not exist yet");
  },
  key(history, entry, body, demand) {
    demand(parseVkey(body.vkey).name === entry.log, "the key bears another name than the log");
    demand(!history.vkeys.includes(body.vkey), "the log had this key before");
    history.vkeys.push(body.vkey);
  },
};
