// As much of DER (X.690) as a signature needs: nested values of definite length, read strictly.
import { require } from "./faults.js";

const INTEGER = 0x02, OID = 0x06, UTC_TIME = 0x17;
export const BITS = 0x03;
export const OCTETS = 0x04;
export const GENERALIZED_TIME = 0x18;
export const SEQUENCE = 0x30;
export const SET = 0x31;

/** One value: its tag, its content, and both with the length between them as they stood. */
export class Der {
  constructor(tag, content, whole) {
    Object.assign(this, { tag, content, whole });
  }

  /** The value itself, of one of these tags. */
  require(...tags) {
    require(tags.includes(this.tag), `a value of tag 0x${this.tag.toString(16)} where 0x${tags[0].toString(16)} should be`);
    return this;
  }

  /** What a constructed value is made of: at least so many values. */
  parts(least = 0) {
    require(this.tag & 0x20, "a value that is not made of others");
    const found = [];
    for (let place = 0; place < this.content.length; place += found.at(-1).whole.length) found.push(first(this.content.subarray(place)));
    require(found.length >= least, "a value of too few parts");
    return found;
  }

  /** The parts of a SEQUENCE, at least so many. */
  sequence(least = 0) {
    return this.require(SEQUENCE).parts(least);
  }

  /** An object identifier in dots. */
  get oid() {
    const numbers = [];
    let number = 0n;
    for (const byte of this.require(OID).content) {
      number = (number << 7n) | BigInt(byte & 0x7f);
      if (byte & 0x80) continue;
      numbers.push(number);
      number = 0n;
    }
    require(numbers.length, "an empty object identifier");
    const top = numbers[0] < 80n ? numbers[0] / 40n : 2n;
    return [top, numbers[0] - 40n * top, ...numbers.slice(1)].join(".");
  }

  /** An integer not below 0. */
  get integer() {
    const { content } = this.require(INTEGER);
    require(content.length && content[0] < 0x80, "an integer below 0");
    return content.reduce((number, byte) => number * 256n + BigInt(byte), 0n);
  }

  /** An instant in whole milliseconds, of UTCTime or GeneralizedTime in UTC. */
  get instant() {
    const text = String.fromCharCode(...this.require(UTC_TIME, GENERALIZED_TIME).content);
    const form = this.tag === UTC_TIME ? /^()(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)()Z$/ : /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,6}))?Z$/;
    const parts = form.exec(text);
    require(parts, "a time that is not written in UTC to the second");
    const [, century, year, month, day, hour, minute, second, part = ""] = parts;
    const full = (century || (Number(year) >= 50 ? "19" : "20")) + year;
    const stem = `${full}-${month}-${day}T${hour}:${minute}:${second}.`, at = Date.parse(`${stem}${part.slice(0, 3).padEnd(3, "0")}Z`);
    require(!Number.isNaN(at) && new Date(at).toISOString().startsWith(stem), "no such time");
    return at;
  }
}

/** The one value in `data`; where it is padded, zero bytes may follow. */
export function readDer(data, { isPadded = false } = {}) {
  const value = first(data), rest = data.subarray(value.whole.length);
  require(!rest.length || (isPadded && rest.every((byte) => byte === 0)), "something stands after the value");
  return value;
}

function first(data) {
  require(data.length >= 2 && (data[0] & 0x1f) !== 0x1f, "cut off, or a tag of several bytes");
  let length = data[1], head = 2;
  if (length & 0x80) {
    const size = length & 0x7f;
    require(size >= 1 && size <= 4 && data.length >= 2 + size, "a length of no or too many bytes, or cut off");
    length = data.subarray(2, 2 + size).reduce((sum, byte) => sum * 256 + byte, 0);
    head += size;
    require(length >= 0x80 && data[2] !== 0, "a length that is not in its shortest form");
  }
  require(head + length <= data.length, "cut off");
  return new Der(data[0], data.subarray(head, head + length), data.subarray(0, head + length));
}
