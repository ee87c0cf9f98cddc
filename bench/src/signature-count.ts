import {
  BlockMetadataIndex,
  decode,
  HeaderType,
  Metadata,
  type RawBlock,
  readEndorserTransaction,
  readEnvelope,
} from '@passage/ledger';

/** How many signatures a verifier of the block has to check: orderers', creators', endorsers'. */
export function signaturesIn({ envelopes, metadata }: RawBlock): number {
  const orderers = decode(Metadata, metadata[BlockMetadataIndex.SIGNATURES] ?? new Uint8Array());
  return envelopes.reduce((sum, bytes) => sum + signaturesOf(bytes), orderers.signatures.length);
}

function signaturesOf(envelope: Uint8Array): number {
  const { payload, channelHeader } = readEnvelope(envelope);
  if (payload === undefined || channelHeader?.type !== HeaderType.ENDORSER_TRANSACTION) return 0;
  return 1 + readEndorserTransaction(payload.data).endorsements.length;
}
