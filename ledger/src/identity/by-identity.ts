import { sameBytes } from '#crypto';

/** How many are kept ready; a channel sees the same few over and over. */
const KEPT = 1000;

interface Entry<T> {
  readonly serialized: Uint8Array;
  readonly value: T;
}

/** Keeps what was made of the serialized identities that came last, so that each certificate is read once. */
export class ByIdentity<T> {
  readonly #read: (serialized: Uint8Array) => T;
  readonly #kept = new Map<number, Entry<T>>();

  constructor(read: (serialized: Uint8Array) => T) {
    this.#read = read;
  }

  /** What `read` makes of these bytes; for the same bytes it is the same object. */
  get(serialized: Uint8Array): T {
    const key = mark(serialized);
    const known = this.#kept.get(key);
    if (known !== undefined && sameBytes(known.serialized, serialized)) return known.value;
    if (this.#kept.size >= KEPT) {
      const [oldest = 0] = this.#kept.keys();
      this.#kept.delete(oldest);
    }
    // A copy: the bytes are a view of a whole block, which nobody needs any longer.
    const entry = { serialized: Uint8Array.from(serialized), value: this.#read(serialized) };
    this.#kept.set(key, entry);
    return entry.value;
  }
}

/** How many bytes before the end of an identity tell it from others: they lie in the signature of its certificate. */
const MARK_BYTES = 24;
/** Behind them stands the last line of the PEM, which is the same in all. */
const PEM_FOOTER_BYTES = 30;

/**
 * A number to look an identity up by. Others may have the same, so whoever finds one by it compares the bytes; that is still
 * much less than to hash them all.
 */
function mark(serialized: Uint8Array): number {
  let value = serialized.length;
  const end = Math.max(0, serialized.length - PEM_FOOTER_BYTES);
  for (let at = Math.max(0, end - MARK_BYTES); at < end; at++)
    value = (Math.imul(value, 31) + (serialized[at] ?? 0)) | 0;
  return value;
}
