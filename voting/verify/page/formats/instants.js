// Instants as the ledger writes them, YYYY-MM-DDTHH:MM:SS.mmmZ, and as whole milliseconds.
import { require } from "./faults.js";

const FORM = /^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/;

/** Whole milliseconds since 1970, of exactly the one form. */
export function parseInstant(text) {
  require(typeof text === "string" && FORM.test(text), "not an instant in the form YYYY-MM-DDTHH:MM:SS.mmmZ");
  const at = Date.parse(text);
  // 30 February and 24:00 do not come back as they were.
  require(!Number.isNaN(at) && new Date(at).toISOString() === text, "no such instant");
  return at;
}

export const instantText = (at) => new Date(at).toISOString();
