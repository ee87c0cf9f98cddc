import type { ErrorCode } from '../errors/codes.js';
import { PassageError } from '../errors/passage-error.js';
import { exactNumber } from './exact-number.js';
import { pointerTo } from './pointer.js';
import type { JsonObject, JsonValue } from './value.js';

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const HEX4 = /[0-9a-fA-F]{4}/y;
const WORDS: readonly (readonly [string, JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Below this code point every text is in NFC already. */
const FIRST_COMBINING = 0x300;

/** One pass over a JSON text; see `readJson` for the rules. */
export class JsonReader {
  readonly #text: string;
  readonly #what: string;
  readonly #maxDepth: number;
  readonly #path: (string | number)[] = [];
  #at = 0;

  constructor(text: string, what: string, maxDepth: number) {
    this.#text = text;
    this.#what = what;
    this.#maxDepth = maxDepth;
  }

  read(): JsonValue {
    if (this.#text.startsWith('\uFEFF')) this.#fail('INVALID_JSON', 'starts with a byte order mark');
    const value = this.#value();
    this.#blanks();
    if (this.#at < this.#text.length) this.#fail('INVALID_JSON', 'goes on after its JSON value');
    return value;
  }

  #value(): JsonValue {
    this.#blanks();
    switch (this.#text[this.#at]) {
      case '{':
        return this.#nested(() => this.#object());
      case '[':
        return this.#nested(() => this.#array());
      case '"':
        return this.#string();
      default:
        return this.#wordOrNumber();
    }
  }

  #nested<T>(read: () => T): T {
    if (this.#path.length >= this.#maxDepth) {
      this.#fail('TOO_DEEP', `is nested deeper than ${this.#maxDepth} levels`, { limit: this.#maxDepth });
    }
    this.#at += 1;
    return read();
  }

  #object(): JsonObject {
    const object = Object.create(null) as Record<string, JsonValue>;
    if (this.#taken('}')) return object;
    do {
      this.#blanks();
      if (this.#text[this.#at] !== '"') this.#fail('INVALID_JSON', 'lacks a member name in quotes');
      const name = this.#string();
      this.#path.push(name);
      if (name in object) this.#fail('DUPLICATE_MEMBER', 'has the same member twice');
      this.#expect(':');
      object[name] = this.#value();
      this.#path.pop();
    } while (this.#taken(','));
    this.#expect('}');
    return object;
  }

  #array(): JsonValue[] {
    const array: JsonValue[] = [];
    if (this.#taken(']')) return array;
    do {
      this.#path.push(array.length);
      array.push(this.#value());
      this.#path.pop();
    } while (this.#taken(','));
    this.#expect(']');
    return array;
  }

  #string(): string {
    let value = '';
    let plain = true;
    let from = (this.#at += 1);
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit === QUOTE) break;
      if (unit === BACKSLASH) {
        value += this.#text.slice(from, this.#at) + this.#escape();
        from = this.#at;
        plain = false;
        continue;
      }
      // At the end of the text charCodeAt gives NaN, which no comparison lets through.
      if (!(unit >= 0x20))
        this.#fail('INVALID_JSON', 'has a string that is not closed, or a bare control character');
      if (unit >= FIRST_COMBINING) plain = false;
      this.#at += 1;
    }
    value += this.#text.slice(from, this.#at);
    this.#at += 1;
    if (!plain) this.#checkUnicode(value);
    return value;
  }

  #escape(): string {
    const letter = this.#text[this.#at + 1] ?? '';
    const simple = ESCAPES[letter];
    if (simple !== undefined) {
      this.#at += 2;
      return simple;
    }
    HEX4.lastIndex = this.#at + 2;
    const digits = letter === 'u' ? HEX4.exec(this.#text)?.[0] : undefined;
    if (digits === undefined) return this.#fail('INVALID_JSON', 'has a string with an unknown escape');
    this.#at += 6;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #checkUnicode(value: string): void {
    if (!value.isWellFormed()) this.#fail('INVALID_JSON', 'has a string with half a surrogate pair');
    if (value.normalize('NFC') !== value) this.#fail('NOT_NFC', 'has a string that is not in NFC');
  }

  #wordOrNumber(): JsonValue {
    for (const [word, value] of WORDS) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    NUMBER.lastIndex = this.#at;
    const token = NUMBER.exec(this.#text)?.[0];
    if (token === undefined) return this.#fail('INVALID_JSON', 'has no JSON value where one should stand');
    const number = exactNumber(token);
    if (number === undefined)
      return this.#fail('UNSAFE_NUMBER', 'has a number that would be rounded when read');
    this.#at += token.length;
    return number;
  }

  #blanks(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? 'x')) this.#at += 1;
  }

  /** Whether the next sign is the given one; if so, it is read. */
  #taken(sign: string): boolean {
    this.#blanks();
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #expect(sign: string): void {
    if (!this.#taken(sign)) this.#fail('INVALID_JSON', `lacks a "${sign}"`);
  }

  #fail(code: ErrorCode, fault: string, more: JsonObject = {}): never {
    const pointer = this.#path.reduce<string>(pointerTo, '');
    const place = pointer === '' ? '' : `, at ${pointer}`;
    const message = `${this.#what} ${fault} (character ${this.#at}${place})`;
    throw new PassageError(code, message, { pointer, offset: this.#at, ...more });
  }
}
