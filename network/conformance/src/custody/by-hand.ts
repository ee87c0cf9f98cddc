import { randomBytes } from 'node:crypto';

import { isForged } from '@passage/domain';
import {
  endorsingOrganizations,
  headerHash,
  MemoryState,
  type RawBlock,
  readEnvelope,
  RwsetBuilder,
  startChain,
  toHex,
  VALIDATION_PARAMETER,
  verifyNextBlock,
} from '@passage/ledger';
import { type Signatory, transact } from '@passage/ledger/generator';
import type { Signer } from '@passage/network-embedded/testing';

import type { OrganizationName } from '../network/under-test.js';
import { broadcast } from '../raw-messages.js';
import type { Stage } from '../stage.js';

/** A write set that no chaincode makes: values by key (null deletes), and policies by key (no bytes: none any more). */
export interface HandMade {
  readonly values?: Readonly<Record<string, Uint8Array | null>>;
  readonly policies?: Readonly<Record<string, Uint8Array>>;
  /** Keys whose metadata is taken off altogether. */
  readonly bare?: readonly string[];
}

/**
 * Sends a transaction that is built by hand, with the true endorsements of these organisations' peers and of no other: what
 * organisations can do together that have agreed to cheat. Business' client signs it.
 *
 * @returns its validation code by name, on which all four peers agree.
 */
export async function sendByHand(
  stage: Stage,
  by: readonly OrganizationName[],
  { values = {}, policies = {}, bare = [] }: HandMade,
): Promise<string> {
  const { channel, chaincode } = stage.network;
  const results = new RwsetBuilder();
  for (const [key, value] of Object.entries(values)) results.addWrite(chaincode, key, value ?? undefined);
  for (const [key, policy] of Object.entries(policies)) {
    results.addMetadataWrite(chaincode, key, new Map([[VALIDATION_PARAMETER, policy]]));
  }
  for (const key of bare) results.addMetadataWrite(chaincode, key, new Map());
  const client = stage.client('business');
  const envelope = transact({
    channel,
    chaincode,
    args: [Buffer.from('ReleaseHold'), Buffer.from('{}')],
    results: results.build().publicBytes,
    creator: signatory(client),
    endorsers: by.map((name) => signatory(stage.network.organization(name).peer)),
    nonce: randomBytes(24),
    timestamp: { seconds: Math.floor(Date.now() / 1000), nanos: 0 },
  });
  const { status, info } = await broadcast(stage, 'business', envelope);
  if (status !== 200) throw new Error(`the orderer answers ${String(status)}: ${info}`);
  const txId = readEnvelope(envelope).channelHeader?.txId ?? '';
  const { outcome } = await stage.settled(stage.commitOf(txId, client, 'business'), { as: client });
  return (outcome as { readonly code: string }).code;
}

/** The keys that whoever replays the chain calls forged, in the chain's order. */
export function forgedKeys(blocks: readonly RawBlock[], chaincode: string): readonly string[] {
  const [genesis, ...others] = blocks;
  if (genesis === undefined) return [];
  const state = new MemoryState();
  const known = new Set<string>();
  let { head } = startChain(genesis, toHex(headerHash(genesis.header)));
  return others.flatMap((block) => {
    const verified = verifyNextBlock(head, block, state, { isKnownTransaction: (txId) => known.has(txId) });
    for (const { txId } of verified.verdict.transactions) known.add(txId);
    state.apply(verified.verdict.updates);
    ({ head } = verified);
    return verified.verdict.transactions.flatMap(({ transaction, writes }) => {
      const endorsers = transaction ? endorsingOrganizations(transaction, verified.head.config.msps) : [];
      return writes.flatMap(({ namespace, key, value }) =>
        namespace === chaincode && value !== undefined && isForged(key, value, endorsers) ? [key] : [],
      );
    });
  });
}

function signatory(signer: Signer): Signatory {
  return { identity: signer.serialized, sign: (message) => signer.sign(message) };
}
