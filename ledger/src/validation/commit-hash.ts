import { sha256 } from '#crypto';
import { uvarint } from '../block/index.js';
import {
  bool,
  bytes,
  compareBytes,
  embedded,
  encode,
  fromHex,
  message,
  repeated,
  string,
  utf8,
} from '../codec/index.js';
import { compareKeys, parseHashNamespace } from '../state/index.js';
import type { StateUpdate, Version } from '../state/index.js';

/** Fabric: core/ledger/kvledger/txmgmt/txmgr/updates.proto, a message of the peer's own. */
const KeyUpdate = message('txmgr.KVWrite', {
  namespace: string(1),
  collection: string(2),
  key: bytes(3),
  isDelete: bool(4),
  value: bytes(5),
  versionBytes: bytes(6),
});
const Updates = message('txmgr.Updates', { kvwrites: repeated(embedded(1, KeyUpdate)) });

interface Row {
  readonly chaincode: string;
  readonly collection: string;
  readonly key: Uint8Array;
  readonly update: StateUpdate;
}

/**
 * The hash by which peers compare their whole history: SHA-256 of (uvarint number of flags ‖ flags ‖ updates ‖ commit
 * hash of the block before), Fabric: core/ledger/kvledger/kv_ledger.go, addBlockCommitHash. `updates` are the final writes of
 * the block's valid transactions, in any order. Block 0 has no commit hash; block 1 follows an empty one.
 */
export function commitHash(
  flags: Uint8Array,
  updates: Iterable<StateUpdate>,
  previous: Uint8Array,
): Uint8Array {
  return sha256(uvarint(flags.length), flags, updateBytes(updates), previous);
}

/**
 * The updates in the order and form that every peer gives them (Fabric: txmgr/update_batch_bytes.go): chaincodes, then the
 * public side before the collections, then keys, all by bytes; a name that repeats the one before is left out.
 */
function updateBytes(updates: Iterable<StateUpdate>): Uint8Array {
  const rows = Array.from(updates, toRow).sort(compareRows);
  const kvwrites = rows.map(({ chaincode, collection, key, update }, index) => {
    const before = rows[index - 1];
    const sameChaincode = before?.chaincode === chaincode;
    return {
      namespace: sameChaincode ? '' : chaincode,
      collection: sameChaincode && before.collection === collection ? '' : collection,
      key,
      isDelete: update.value === undefined,
      value: update.value,
      versionBytes: versionBytes(update.version),
    };
  });
  return encode(Updates, { kvwrites });
}

function toRow(update: StateUpdate): Row {
  const hashed = parseHashNamespace(update.namespace);
  if (hashed === undefined)
    return { chaincode: update.namespace, collection: '', key: utf8(update.key), update };
  return { ...hashed, key: fromHex(update.key), update };
}

function compareRows(a: Row, b: Row): number {
  return (
    compareKeys(a.chaincode, b.chaincode) ||
    compareKeys(a.collection, b.collection) ||
    compareBytes(a.key, b.key)
  );
}

/** Fabric: core/ledger/internal/version and common/ledger/util: each number as its length and its big-endian digits. */
function versionBytes({ block, tx }: Version): Uint8Array {
  const [blockDigits, txDigits] = [digitsIn(block), digitsIn(tx)];
  const bytes = new Uint8Array(2 + blockDigits + txDigits);
  putDigits(bytes, 0, block, blockDigits);
  putDigits(bytes, 1 + blockDigits, tx, txDigits);
  return bytes;
}

/** How many digits to the base of 256 a number has; 0 has none. */
function digitsIn(value: number): number {
  let digits = 0;
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) digits++;
  return digits;
}

function putDigits(bytes: Uint8Array, start: number, value: number, digits: number): void {
  bytes[start] = digits;
  let rest = value;
  for (let at = start + digits; at > start; at--) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}
