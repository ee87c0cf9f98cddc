import { LedgerError } from '../errors.js';
import { MAX_DEPTH, MAX_FIELD_NUMBER, WireType } from './wire.js';

/**
 * Cursor over protobuf bytes. Reads what protobuf-go reads and refuses what it refuses: truncated values, varints of
 * more than 64 bits, field number 0, unbalanced groups.
 */
export class Reader {
  readonly bytes: Uint8Array;
  position = 0;
  /** Where the message being read ends; a nested message narrows it for a while. */
  end: number;
  /** Halves of the varint read last, as unsigned 32-bit integers. */
  low = 0;
  high = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.end = bytes.length;
  }

  /** Reads a varint into `low` and `high`. Longer forms than needed are legal, more than 64 bits are not. */
  readVarint(): void {
    this.low = 0;
    this.high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#nextByte();
      const bits = byte & 0x7f;
      if (shift < 28) {
        this.low |= bits << shift;
      } else if (shift === 28) {
        this.low |= bits << 28;
        this.high = bits >>> 4;
      } else {
        if (shift === 63 && byte > 1) throw this.fail('a varint of more than 64 bits');
        this.high |= bits << (shift - 32);
      }
      if (byte < 0x80) {
        this.low >>>= 0;
        this.high >>>= 0;
        return;
      }
    }
    throw this.fail('a varint of more than ten bytes');
  }

  /** Reads a length, checks that so many bytes are there, and returns it. */
  readLength(): number {
    const length = this.#readSmall();
    if (length > this.end - this.position) throw this.fail('truncated');
    return length;
  }

  /** Reads a length and so many bytes, as a view of the input. */
  readBytes(): Uint8Array {
    const length = this.readLength();
    const start = this.position;
    this.position += length;
    return this.bytes.subarray(start, this.position);
  }

  /**
   * Reads a length and narrows the view to so many bytes. Returns the outer end, to be put back when they are read.
   */
  enter(): number {
    const length = this.readLength();
    const outerEnd = this.end;
    this.end = this.position + length;
    return outerEnd;
  }

  /** Reads a tag: field number times eight plus wire type. */
  readTag(): number {
    const tag = this.#readSmall();
    const number = Math.floor(tag / 8);
    if (number < 1 || number > MAX_FIELD_NUMBER) throw this.fail('a field number out of range');
    return tag;
  }

  /** Moves behind the value of a field that nobody asked for. */
  skip(fieldNumber: number, wireType: number): void {
    switch (wireType) {
      case WireType.VARINT:
        this.readVarint();
        return;
      case WireType.FIXED64:
        this.#advance(8);
        return;
      case WireType.LENGTH:
        this.#advance(this.readLength());
        return;
      case WireType.FIXED32:
        this.#advance(4);
        return;
      case WireType.START_GROUP:
        this.#skipGroup(fieldNumber);
        return;
      default:
        throw this.fail(
          wireType === WireType.END_GROUP ? 'a group that never began' : 'an unknown wire type',
        );
    }
  }

  /** A varint as a number, exact up to 2^53-1. Most are of one byte. */
  #readSmall(): number {
    const byte = this.position < this.end ? this.bytes[this.position] : undefined;
    if (byte !== undefined && byte < 0x80) {
      this.position += 1;
      return byte;
    }
    this.readVarint();
    return this.high * 2 ** 32 + this.low;
  }

  fail(what: string): LedgerError {
    return new LedgerError('MALFORMED_MESSAGE', `${what} at byte ${String(this.position)}`);
  }

  #skipGroup(fieldNumber: number): void {
    const open = [fieldNumber];
    while (open.length > 0) {
      const tag = this.readTag();
      const number = Math.floor(tag / 8);
      const wireType = tag % 8;
      if (wireType === WireType.START_GROUP) {
        if (open.push(number) > MAX_DEPTH) throw this.fail('groups nested too deeply');
      } else if (wireType === WireType.END_GROUP) {
        if (open.pop() !== number) throw this.fail('a group that ends under another number');
      } else {
        this.skip(number, wireType);
      }
    }
  }

  #advance(length: number): void {
    if (length > this.end - this.position) throw this.fail('truncated');
    this.position += length;
  }

  #nextByte(): number {
    if (this.position >= this.end) throw this.fail('truncated');
    return this.bytes[this.position++] ?? 0;
  }
}
