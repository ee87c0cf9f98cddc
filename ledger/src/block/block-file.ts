import { concatBytes } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import { frameParts, readFrame, uvarint } from './frames.js';
import type { RawBlock } from './block.js';

/**
 * Serializes a block as a peer's ledger stores it in `blockfile_NNNNNN`, without the frame around it
 * (common/ledger/blkstorage/block_serialization.go): number, data hash, previous hash, then the envelopes and the
 * metadata, each list with its count before it.
 */
export function encodeBlockRecord({ header, envelopes, metadata }: RawBlock): Uint8Array {
  return concatBytes(
    uvarint(header.number),
    ...frameParts(header.dataHash),
    ...frameParts(header.previousHash),
    uvarint(envelopes.length),
    ...envelopes.flatMap(frameParts),
    uvarint(metadata.length),
    ...metadata.flatMap(frameParts),
  );
}

/**
 * Reads what `encodeBlockRecord` wrote.
 *
 * @throws LedgerError MALFORMED_BLOCK if the record ends early or goes on after its end.
 */
export function decodeBlockRecord(record: Uint8Array): RawBlock {
  const cursor = new RecordCursor(record);
  const number = cursor.count();
  const dataHash = cursor.bytes();
  const previousHash = cursor.bytes();
  const envelopes = cursor.list();
  const metadata = cursor.list();
  if (!cursor.atEnd) throw malformed('it goes on after its end');
  return { header: { number, previousHash, dataHash }, envelopes, metadata };
}

class RecordCursor {
  readonly #record: Uint8Array;
  #offset = 0;

  constructor(record: Uint8Array) {
    this.#record = record;
  }

  get atEnd(): boolean {
    return this.#offset === this.#record.length;
  }

  bytes(): Uint8Array {
    const frame = readFrame(this.#record, this.#offset);
    if (frame === undefined) throw malformed('it ends early');
    this.#offset = frame.next;
    return frame.content;
  }

  count(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const byte = this.#record[this.#offset++];
      if (byte === undefined) throw malformed('it ends early');
      value += (byte & 0x7f) * factor;
      if (!Number.isSafeInteger(value)) throw malformed('it holds a number too large');
      if (byte < 0x80) return value;
    }
  }

  list(): Uint8Array[] {
    const items: Uint8Array[] = [];
    for (let left = this.count(); left > 0; left--) items.push(this.bytes());
    return items;
  }
}

function malformed(why: string): LedgerError {
  return new LedgerError('MALFORMED_BLOCK', `cannot read the block record: ${why}`);
}
