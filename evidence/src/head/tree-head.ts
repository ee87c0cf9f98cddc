import { checkSignature, signedText } from '../signing/index.js';
import type { MspManager } from '@passage/ledger';
import type { OrganisationSignature, SignatureVerdict } from '../signing/index.js';

/** The version of the format. */
export const TREE_HEAD_FORMAT = 'passage-tree-head-1';

/** Which kind of network it is; the embedded one proves nothing to anyone else. */
export type Network = 'embedded' | 'fabric';

/** The kind of network that a channel is of: the embedded one names its channels so, and block 0 holds the name for good. */
export function networkOf(channel: string): Network {
  return channel.endsWith('-embedded') ? 'embedded' : 'fabric';
}

/** What an organisation says of a ledger: how many events it has up to a height, and the root of the tree over their ids. */
export interface TreeHead {
  readonly format: typeof TREE_HEAD_FORMAT;
  readonly network: Network;
  /** Header hash of block 0: 64 lower-case hex digits. */
  readonly genesisHash: string;
  /** LedgerHeight: the events of blocks 0 to height − 1 are in the tree. */
  readonly height: number;
  /** How many events there are. */
  readonly size: number;
  /** RFC 9162 root over `eventLeaf` of each id in the order of (block, transaction, index): 64 lower-case hex digits. */
  readonly root: string;
}

/** A head with the organisations that stand by it. Several may sign the same; one that signs twice counts once. */
export interface SignedTreeHead {
  readonly head: TreeHead;
  readonly signatures: readonly OrganisationSignature[];
}

/** The bytes that are signed: see `signedText`. */
export function treeHeadBytes({ format, network, genesisHash, height, size, root }: TreeHead): Uint8Array {
  return signedText(format, [
    ['network', network],
    ['genesis', genesisHash],
    ['height', height],
    ['size', size],
    ['root', root],
  ]);
}

/**
 * What each signature under a head is worth.
 *
 * @param msps those of the channel's configuration in force behind block `height − 1`
 */
export function checkTreeHead(
  { head, signatures }: SignedTreeHead,
  msps: MspManager,
): readonly SignatureVerdict[] {
  const bytes = treeHeadBytes(head);
  return signatures.map((signature) => checkSignature(bytes, signature, msps));
}
