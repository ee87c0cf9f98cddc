import { LedgerError } from '../errors.js';
import { DerTag } from './der-writer.js';

/** One DER element: its tag byte, its contents, and the whole of it as it stands. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly raw: Uint8Array;
}

/**
 * Cursor over DER (X.690 section 10): one-byte tags, definite and shortest lengths, as Go's encoding/asn1 demands.
 *
 * @throws LedgerError MALFORMED_CERTIFICATE from every method if the bytes are not what is asked for.
 */
export class DerReader {
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#position === this.#bytes.length;
  }

  /** Tag of the element that comes next, undefined at the end. */
  get nextTag(): number | undefined {
    return this.#bytes[this.#position];
  }

  next(): DerElement {
    const start = this.#position;
    const tag = this.#byte();
    if ((tag & 0x1f) === 0x1f) throw malformed('a tag of several bytes');
    const length = this.#length();
    const contentStart = this.#position;
    if (length > this.#bytes.length - contentStart) throw malformed('truncated');
    this.#position += length;
    return {
      tag,
      content: this.#bytes.subarray(contentStart, this.#position),
      raw: this.#bytes.subarray(start, this.#position),
    };
  }

  /** The next element, which must have this tag. */
  expect(tag: number): DerElement {
    const element = this.next();
    if (element.tag !== tag) throw malformed(`tag ${hexByte(element.tag)} where ${hexByte(tag)} must stand`);
    return element;
  }

  /** The next element if it has this tag. */
  optional(tag: number): DerElement | undefined {
    return this.nextTag === tag ? this.next() : undefined;
  }

  /** A cursor over the contents of the next element, which must have this tag. */
  enter(tag: number): DerReader {
    return new DerReader(this.expect(tag).content);
  }

  /** Contents of an INTEGER in shortest form: two's complement, big-endian. */
  integer(): Uint8Array {
    const { content } = this.expect(DerTag.INTEGER);
    const [first, second] = content;
    if (first === undefined) throw malformed('an empty integer');
    const padded =
      second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
    if (padded) throw malformed('an integer with superfluous leading bytes');
    return content;
  }

  /** Big-endian digits of an INTEGER above zero, without leading zeros; undefined if it is not above zero. */
  positive(): Uint8Array | undefined {
    const content = this.integer();
    const first = content[0] ?? 0;
    if (first >= 0x80 || (first === 0 && content.length === 1)) return undefined;
    return first === 0 ? content.subarray(1) : content;
  }

  /** Contents of a BIT STRING of whole bytes. */
  bitString(): Uint8Array {
    const { content } = this.expect(DerTag.BIT_STRING);
    if (content[0] !== 0) throw malformed('a bit string of broken bytes');
    return content.subarray(1);
  }

  /** Refuses anything that is left over. */
  end(): void {
    if (!this.atEnd) throw malformed('it goes on after its end');
  }

  #length(): number {
    const first = this.#byte();
    if (first < 0x80) return first;
    const count = first & 0x7f;
    if (count === 0 || count > 4) throw malformed('an indefinite or enormous length');
    let length = 0;
    for (let i = 0; i < count; i++) length = length * 0x100 + this.#byte();
    const shortest = length >= 0x80 && length >= 0x100 ** (count - 1);
    if (!shortest) throw malformed('a length in more bytes than needed');
    return length;
  }

  #byte(): number {
    const byte = this.#bytes[this.#position];
    if (byte === undefined) throw malformed('truncated');
    this.#position++;
    return byte;
  }
}

function hexByte(byte: number): string {
  return `0x${byte.toString(16).padStart(2, '0')}`;
}

function malformed(what: string): LedgerError {
  return new LedgerError('MALFORMED_CERTIFICATE', `cannot read the DER structure: ${what}`);
}
