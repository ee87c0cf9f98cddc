/** A buffer larger than this is not kept for the next message. */
const MAX_SPARE = 1024 * 1024;

/** The buffer of the last message that was finished: hardly any message needs one of its own. */
let spare: Uint8Array | undefined;

/** Growing buffer that protobuf values are written to. */
export class Writer {
  #bytes: Uint8Array;
  #length = 0;

  constructor() {
    this.#bytes = spare ?? new Uint8Array(4096);
    spare = undefined;
  }

  /** What has been written, as a new array. The writer's last act: its buffer goes to the next one. */
  finish(): Uint8Array {
    const written = this.#bytes.slice(0, this.#length);
    if (this.#bytes.length <= MAX_SPARE) spare = this.#bytes;
    return written;
  }

  /** Writes a whole number, negative ones as the two's complement of 64 bits. */
  writeVarint(value: number): void {
    this.#reserve(10);
    if (value < 0) {
      this.#writeBigVarint(BigInt.asUintN(64, BigInt(value)));
      return;
    }
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  writeTag(fieldNumber: number, wireType: number): void {
    this.writeVarint(fieldNumber * 8 + wireType);
  }

  writeRaw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Writes the length and then the bytes. */
  writeBytes(bytes: Uint8Array): void {
    this.writeVarint(bytes.length);
    this.writeRaw(bytes);
  }

  /** Writes what `write` writes here, with its length before it. */
  writeNested(write: () => void): void {
    this.#reserve(1);
    const start = ++this.#length;
    write();
    const length = this.#length - start;
    const digits = varintLength(length);
    // Here, because writeVarint would not take along what stands behind it.
    this.#reserve(10);
    // One byte was left free for the length; a longer one moves what has been written.
    if (digits > 1) this.#bytes.copyWithin(start + digits - 1, start, this.#length);
    this.#length = start - 1;
    this.writeVarint(length);
    this.#length += length;
  }

  #writeBigVarint(value: bigint): void {
    let rest = value;
    for (; rest >= 0x80n; rest >>= 7n) this.#bytes[this.#length++] = Number(rest & 0x7fn) | 0x80;
    this.#bytes[this.#length++] = Number(rest);
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

/** How many bytes a length takes as a varint. */
function varintLength(value: number): number {
  let digits = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) digits++;
  return digits;
}
