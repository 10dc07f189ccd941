// The three ways in which something can be wrong, told apart by class.

/** Bytes are not in the form that they should have.  Whoever reads them says what follows from it. */
export class FormatFault extends Error {}

/** A file of which nothing can be said, or a browser that cannot say it. */
export class Unreadable extends Error {
  /** @param {string} code what page words it has @param {string} detail in English, from the reader */
  constructor(code, detail = "") {
    super(detail || code);
    this.code = code;
    this.detail = detail;
  }
}

/** Something a bundle says is not so, found by the check `number`. */
export class Refuted extends Error {
  /** @param {number} number @param {string} fault @param {Record<string, unknown>} facts */
  constructor(number, fault, facts = {}) {
    super(`check ${number}: ${fault}`);
    Object.assign(this, { number, fault, facts });
  }
}

/** What `act` gives; a fault of form becomes the refutation by check `number`. */
export function refuting(number, fault, facts, act) {
  const turn = (error) => {
    if (!(error instanceof FormatFault)) throw error;
    throw new Refuted(number, fault, { ...facts, detail: error.message });
  };
  try {
    const found = act();
    return found instanceof Promise ? found.catch(turn) : found;
  } catch (error) {
    return turn(error);
  }
}

/** Refuse in the voice of a reader unless something holds. */
export function require(holds, reason) {
  if (!holds) throw new FormatFault(reason);
}
