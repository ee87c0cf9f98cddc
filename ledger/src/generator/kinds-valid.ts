import { toHex } from '../codec/index.js';
import { and, encodeSignaturePolicy, signer } from '../policy/index.js';
import { TxValidationCode } from '../proto/index.js';
import { RangeRecorder, RwsetBuilder, hashKey } from '../rwset/index.js';
import { hashNamespace } from '../state/index.js';
import { VALIDATION_PARAMETER } from '../validation/index.js';
import { batchSizeChange, revocation, updateConfig } from './config-updates.js';
import { founderOf } from './consortium.js';
import { COLLECTION } from './definition.js';
import { poolKey } from './draft.js';
import type { RangeQuery } from '../rwset/index.js';
import type { ValueChange } from './config-updates.js';
import type { BlockDraft, Drafted, Kind } from './draft.js';

const { VALID, ENDORSEMENT_POLICY_FAILURE, PHANTOM_READ_CONFLICT } = TxValidationCode;

/** Keys that come and go. Small enough that a chain of any length keeps a state of the same size. */
export const ITEMS = 4000;
/** Keys that stand from block 2 on, for ranges to run over. */
export const SHELF = 160;
const GUARDED = 300;
const SECRETS = 1000;

/** Writes a key without reading it. */
export const put: Kind = {
  name: 'put',
  draft: (draft) => {
    const results = new RwsetBuilder();
    write(draft, results, draft.untouched('item', ITEMS), draft.value());
    return { envelope: draft.transact('put', results), code: VALID };
  },
};

/** Reads a key, present or not, and writes it. */
export const readModifyWrite: Kind = {
  name: 'read-modify-write',
  draft: (draft) => {
    const results = new RwsetBuilder();
    const key = draft.untouched('item', ITEMS);
    results.addRead(
      draft.context.chaincode,
      key,
      draft.context.state.get(draft.context.chaincode, key)?.version,
    );
    write(draft, results, key, draft.value());
    return { envelope: draft.transact('change', results), code: VALID };
  },
};

/** Deletes a key, present or not. */
export const remove: Kind = {
  name: 'delete',
  draft: (draft) => {
    const results = new RwsetBuilder();
    write(draft, results, draft.untouched('item', ITEMS));
    return { envelope: draft.transact('delete', results), code: VALID };
  },
};

/** Reads and writes a private key: hashes in the block, the value nowhere. */
export const privateData: Kind = {
  name: 'private-data',
  draft: (draft) => {
    const results = new RwsetBuilder();
    const key = draft.untouched('secret', SECRETS);
    draft.written.add(key);
    const entry = draft.context.state.get(
      hashNamespace(draft.context.chaincode, COLLECTION),
      toHex(hashKey(key)),
    );
    results.addPrivateRead(draft.context.chaincode, COLLECTION, key, entry?.version);
    results.addPrivateWrite(draft.context.chaincode, COLLECTION, key, draft.value());
    return { envelope: draft.transact('seal', results), code: VALID };
  },
};

/** Reads 20 shelf keys, which stand in the transaction, and writes what it made of them. */
export const range: Kind = { name: 'range', draft: (draft) => draftRange(draft, 20) };

/** Reads 120 shelf keys, for which a Merkle summary stands. */
export const largeRange: Kind = { name: 'large-range', draft: (draft) => draftRange(draft, 120) };

/** Overwrites a shelf key: whoever ranges over the shelf later in the block reads a phantom. */
export const restock: Kind = {
  name: 'restock',
  draft: (draft) => {
    const results = new RwsetBuilder();
    write(draft, results, draft.untouched('shelf', SHELF), draft.value());
    return { envelope: draft.transact('restock', results), code: VALID };
  },
};

/** Writes a key with a policy of its own: every organisation. */
export const keyPolicy: Kind = {
  name: 'key-policy',
  draft: (draft) => {
    const { organizations } = draft.context.consortium;
    const results = new RwsetBuilder();
    const key = draft.untouched('guarded', GUARDED);
    const policy = encodeSignaturePolicy(and(...organizations.map(({ mspId }) => signer(mspId, 'peer'))));
    write(draft, results, key, draft.value());
    results.addMetadataWrite(draft.context.chaincode, key, new Map([[VALIDATION_PARAMETER, policy]]));
    draft.policyChanged.add(key);
    return { envelope: byEverybody(draft, 'guard', results), code: VALID };
  },
};

/** Writes a key that may have a policy of its own, endorsed by everybody; not good enough where that has just changed. */
export const guardedPut: Kind = {
  name: 'guarded-put',
  draft: (draft) => {
    const results = new RwsetBuilder();
    const [changed] = draft.policyChanged;
    const key = changed ?? draft.untouched('guarded', GUARDED);
    if (changed === undefined) write(draft, results, key, draft.value());
    else results.addWrite(draft.context.chaincode, key, draft.value());
    const code = changed === undefined ? VALID : ENDORSEMENT_POLICY_FAILURE;
    return { envelope: byEverybody(draft, 'guarded', results), code };
  },
};

/** A new configuration of the channel, signed by every admin. */
export const configUpdate: Kind = {
  name: 'config-update',
  alone: true,
  draft: (draft) => draftUpdate(draft, batchSizeChange(draft.context.config)),
};

/** A new configuration in which the first organisation revokes its former client's certificate. */
export const revokeClient: Kind = {
  name: 'revoke-client',
  alone: true,
  draft: (draft) => {
    const founder = founderOf(draft.context.consortium);
    return draftUpdate(draft, revocation(founder, [founder.formerClient]));
  },
};

/** The shelf as it is found, from its first key; `leaveOut` is a key that was not there yet. */
export function shelfRange({ context }: BlockDraft, length: number, leaveOut?: string): RangeQuery {
  const [start, end] = [poolKey('shelf', 0), poolKey('shelf', length)];
  const recorder = new RangeRecorder(start, end);
  for (const [key, { version }] of context.state.range(context.chaincode, start, end)) {
    if (key !== leaveOut) recorder.record(key, version);
  }
  recorder.exhaust();
  return recorder.finish();
}

function draftRange(draft: BlockDraft, length: number): Drafted {
  const results = new RwsetBuilder();
  results.addRange(draft.context.chaincode, shelfRange(draft, length));
  const isPhantom = [...draft.written].some(
    (key) => key >= poolKey('shelf', 0) && key < poolKey('shelf', length),
  );
  const key = draft.untouched('item', ITEMS);
  if (isPhantom) results.addWrite(draft.context.chaincode, key, draft.value());
  else write(draft, results, key, draft.value());
  const code = isPhantom ? PHANTOM_READ_CONFLICT : VALID;
  return { envelope: draft.transact('count', results), code };
}

function draftUpdate({ context }: BlockDraft, changes: readonly ValueChange[]): Drafted {
  const { consortium, config, random, timestamp } = context;
  const signers = consortium.organizations.map(({ admin }) => admin);
  const update = { consortium, config, timestamp, signers, nonce: random.bytes(24) };
  return { envelope: updateConfig(update, changes), code: VALID };
}

/** A write of a transaction that will be valid. */
function write(draft: BlockDraft, results: RwsetBuilder, key: string, value?: Uint8Array): void {
  draft.written.add(key);
  results.addWrite(draft.context.chaincode, key, value);
}

function byEverybody(draft: BlockDraft, name: string, results: RwsetBuilder): Uint8Array {
  const endorsers = draft.context.consortium.organizations.map(({ peer }) => peer);
  return draft.transact(name, results, { endorsers });
}
