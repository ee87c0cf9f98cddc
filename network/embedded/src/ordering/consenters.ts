import { randomBytes } from 'node:crypto';

import {
  blockHeaderBytes,
  BlockMetadataIndex,
  buildBlock,
  concatBytes,
  encode,
  IdentifierHeader,
  isConfigBlock,
  message,
  Metadata,
  OrdererBlockMetadata,
  uint64,
  withMetadata,
  type ChainHead,
  type ChannelConfig,
  type RawBlock,
} from '@passage/ledger';

import type { Organization } from '../network.js';

/** What SmartBFT notes about a decision; ours are all made in one view (smartbftprotos/messages.proto). */
const ViewMetadata = message('smartbftprotos.ViewMetadata', {
  viewId: uint64(1),
  latestSequence: uint64(2),
  decisionsInView: uint64(3),
});

const NONCE_BYTES = 24;

/** The organisations whose orderers the configuration has as consenters. */
export function consentersOf(
  { consenters }: ChannelConfig,
  organizations: readonly Organization[],
): readonly Organization[] {
  return organizations.filter(({ index }) => consenters.some(({ id }) => id === index + 1));
}

/** Builds the next block over these envelopes, signed by the consenters of these organisations. */
export function buildSignedBlock(
  envelopes: readonly Uint8Array[],
  head: ChainHead,
  organizations: readonly Organization[],
): RawBlock {
  const block = buildBlock(head.height, head.headerHash, envelopes);
  const value = encode(OrdererBlockMetadata, {
    // A configuration is in force from its own block on (F:orderer/consensus/smartbft/assembler.go).
    lastConfig: { index: isConfigBlock(block) ? head.height : head.configBlock },
    consenterMetadata: encode(ViewMetadata, {
      latestSequence: head.height,
      decisionsInView: head.height - 1,
    }),
  });
  const header = blockHeaderBytes(block.header);
  // A BFT consenter is named by its id in the configuration, not by its certificate (F:protoutil/blockutils.go).
  const signatures = organizations.map(({ index, orderer }) => {
    const identifierHeader = encode(IdentifierHeader, {
      identifier: index + 1,
      nonce: randomBytes(NONCE_BYTES),
    });
    return { identifierHeader, signature: orderer.sign(concatBytes(value, identifierHeader, header)) };
  });
  return withMetadata(block, BlockMetadataIndex.SIGNATURES, encode(Metadata, { value, signatures }));
}
