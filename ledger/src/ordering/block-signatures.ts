import { blockHeaderBytes } from '../block/index.js';
import { concatBytes, decode } from '../codec/index.js';
import { LedgerError, recover } from '../errors.js';
import { serializeIdentity, signatureMemoKey } from '../identity/index.js';
import { validSigners } from '../policy/index.js';
import { BlockMetadataIndex, IdentifierHeader, Metadata, SignatureHeader } from '../proto/index.js';
import { bftQuorum } from './quorum.js';
import type { RawBlock } from '../block/index.js';
import type { ChannelConfig } from '../config/index.js';
import type { Certificates, SignatureBatch } from '../identity/index.js';
import type { SignedData } from '../policy/index.js';
import type { BlockHeader, Consenter, MetadataSignature } from '../proto/index.js';

/** Path of the policy that a block's signatures must satisfy. */
const BLOCK_VALIDATION = '/Channel/Orderer/BlockValidation';

/** What the signatures of a block are worth. */
export interface BlockSignatures {
  /** Whether they satisfy the policy BlockValidation. */
  readonly satisfied: boolean;
  /** Ids of the consenters whose signature and certificate are valid, ascending, each once. Empty without BFT. */
  readonly signers: readonly number[];
  /** MSP ids of all whose signature is valid, in the order of the signatures. */
  readonly mspIds: readonly string[];
  /** How many consenters must have signed (BFT); 1 otherwise. */
  readonly required: number;
}

/**
 * Checks the orderers' signatures on a block by the configuration in force **before** it (protoutil/blockutils.go,
 * BlockSignatureVerifier). Block 0 has none: its hash is pinned instead.
 *
 * @throws LedgerError MALFORMED_BLOCK if the metadata cannot be read
 */
export function verifyBlockSignatures(block: RawBlock, config: ChannelConfig): BlockSignatures {
  const { value, signatures } = readSignatureMetadata(block);
  const consenters = config.capabilities.channel.has('V3_0') ? config.consenters : [];
  const header = signedHeader(block);
  const signed = signatures.flatMap((signature) => {
    const one = signedData(value, signature, header, consenters);
    return one ? [one] : [];
  });
  const signers = validSigners(
    signed.map(({ data }) => data),
    config.msps,
  );
  const consenterIds = consenterIdsByIdentity(signed, config);
  return {
    satisfied: config.policies.find(BLOCK_VALIDATION)?.isSatisfiedBy(signers) === true,
    signers: signers
      .filter(({ isValid }) => isValid)
      .flatMap(({ id }) => consenterIds.get(id) ?? [])
      .sort((a, b) => a - b),
    mspIds: signers.map(({ mspId }) => mspId),
    required: consenters.length > 0 ? bftQuorum(consenters.length) : 1,
  };
}

/**
 * Adds the signatures on a block that are by these consenters to a batch, and returns what asks for the good ones, as
 * `signatureMemoKey` names them. Whether the consenters are those of the configuration in force does not matter: who judges the block
 * looks for the signatures that it needs.
 */
export function goodBlockSignatures(
  block: Pick<RawBlock, 'header' | 'metadata'>,
  consenters: readonly Consenter[],
  certificates: Certificates,
  batch: SignatureBatch,
): () => readonly string[] {
  if (consenters.length === 0) return () => [];
  const added = recover(
    () => {
      const { value, signatures } = readSignatureMetadata(block);
      const header = signedHeader(block);
      return signatures.flatMap((metadata) => {
        const signed = signedData(value, metadata, header, consenters);
        if (signed === undefined) return [];
        const { identity, message, signature } = signed.data;
        const certificate = certificates.of(identity);
        if (certificate === undefined) return [];
        const isGood = batch.add(certificate.publicKey, message, signature);
        return [() => (isGood() ? [signatureMemoKey(certificate, message, signature)] : [])];
      });
    },
    () => [],
  );
  return () => added.flatMap((good) => good());
}

/** A header as its orderers sign it: put into bytes once for all of them. */
export interface SignedHeader {
  readonly number: number;
  readonly bytes: Uint8Array;
}

export function signedHeader({ header }: Pick<RawBlock, 'header'>): SignedHeader {
  return { number: header.number, bytes: blockHeaderBytes(header) };
}

/** One signature: what is signed, and the id of the orderer that it names instead of a certificate. */
export interface Signed {
  readonly data: SignedData;
  readonly consenterId?: number;
}

/** One id for each identity, even if the configuration lists a certificate under several. */
function consenterIdsByIdentity(signed: readonly Signed[], { msps }: ChannelConfig): Map<string, number> {
  const ids = new Map<string, number>();
  for (const { consenterId, data } of signed) {
    const identity = msps.findIdentity(data.identity);
    if (consenterId === undefined || identity === undefined || ids.has(identity.id)) continue;
    ids.set(identity.id, consenterId);
  }
  return ids;
}

/** @throws LedgerError MALFORMED_BLOCK */
export function readSignatureMetadata({ header, metadata }: Pick<RawBlock, 'header' | 'metadata'>): Metadata {
  const bytes = metadata[BlockMetadataIndex.SIGNATURES];
  if (bytes === undefined) throw malformed(header, 'it has no signatures');
  return readOr(header, () => decode(Metadata, bytes));
}

/** Undefined for a consenter that the configuration does not know: its signature is passed over. */
export function signedData(
  value: Uint8Array,
  { signatureHeader, identifierHeader, signature }: MetadataSignature,
  header: SignedHeader,
  consenters: readonly Consenter[],
): Signed | undefined {
  if (consenters.length === 0 || signatureHeader.length > 0 || identifierHeader.length === 0) {
    const { creator } = readOr(header, () => decode(SignatureHeader, signatureHeader));
    const message = concatBytes(value, signatureHeader, header.bytes);
    return { data: { identity: creator, message, signature } };
  }
  const { identifier } = readOr(header, () => decode(IdentifierHeader, identifierHeader));
  const consenter = consenters.find(({ id }) => id === identifier);
  if (consenter === undefined) return undefined;
  const identity = identityOf(consenter);
  const message = concatBytes(value, identifierHeader, header.bytes);
  return { data: { identity, message, signature }, consenterId: identifier };
}

const identities = new WeakMap<Consenter, Uint8Array>();

/** Serialized identity of a consenter, put into bytes once: it signs nearly every block. */
function identityOf(consenter: Consenter): Uint8Array {
  let identity = identities.get(consenter);
  if (identity === undefined) {
    identity = serializeIdentity(consenter.mspId, consenter.identity);
    identities.set(consenter, identity);
  }
  return identity;
}

/** What a consenter signs: metadata value, its identifier header, header of the block. */
export function blockSignatureMessage(
  value: Uint8Array,
  identifierHeader: Uint8Array,
  header: BlockHeader,
): Uint8Array {
  return concatBytes(value, identifierHeader, blockHeaderBytes(header));
}

function readOr<T>(header: Pick<BlockHeader, 'number'>, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw malformed(header, error.message);
  }
}

function malformed({ number }: Pick<BlockHeader, 'number'>, why: string): LedgerError {
  return new LedgerError('MALFORMED_BLOCK', `cannot read the signatures of block ${number}: ${why}`);
}
