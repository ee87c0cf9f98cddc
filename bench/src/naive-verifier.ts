import { createHash, X509Certificate, verify } from 'node:crypto';

import { common, msp, peer } from '@hyperledger/fabric-protos';

import { channelConfigOf, readBlock } from '@passage/ledger';

import type { RecordedBlocks } from './recorded-blocks.js';

/** What a verifier came to. */
export interface Verified {
  readonly transactions: number;
  /** Signatures that were checked, all of them good. */
  readonly signatures: number;
}

/**
 * What one writes in an afternoon: every message read by Fabric's own descriptors, and for every signature its
 * certificate read anew. It checks data hashes, links, and the signatures of creators, endorsers and orderers; no policy, no
 * version, no state. Kept as the comparator of `passage replay`.
 *
 * @throws Error at the first thing that does not hold
 */
export function verifyNaively(blocks: RecordedBlocks): Verified {
  let previous: Uint8Array = new Uint8Array();
  let consenters = new Map<number, Uint8Array>();
  let [transactions, signatures] = [0, 0];
  for (const bytes of blocks) {
    const block = common.Block.deserializeBinary(bytes);
    const header = block.getHeader();
    const envelopes = block.getData()?.getDataList_asU8() ?? [];
    if (header === undefined) throw new Error('a block without a header');
    const hash = createHash('sha256');
    for (const envelope of envelopes) hash.update(envelope);
    must(hash.digest().equals(header.getDataHash_asU8()), 'data hash');
    if (header.getNumber() > 0) {
      must(Buffer.from(previous).equals(header.getPreviousHash_asU8()), 'link');
      signatures += checkOrderers(block, consenters);
      for (const envelope of envelopes) signatures += checkTransaction(envelope);
    } else {
      consenters = consentersIn(bytes);
    }
    previous = createHash('sha256').update(headerBytes(header)).digest();
    transactions += envelopes.length;
  }
  return { transactions, signatures };
}

/** Creator and endorsers of one transaction; how many signatures that were. */
function checkTransaction(bytes: Uint8Array): number {
  const envelope = common.Envelope.deserializeBinary(bytes);
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const signer = common.SignatureHeader.deserializeBinary(
    payload.getHeader()?.getSignatureHeader_asU8() ?? new Uint8Array(),
  );
  check(signer.getCreator_asU8(), envelope.getPayload_asU8(), envelope.getSignature_asU8());
  const [action] = peer.Transaction.deserializeBinary(payload.getData_asU8()).getActionsList();
  const endorsed = peer.ChaincodeActionPayload.deserializeBinary(
    action?.getPayload_asU8() ?? new Uint8Array(),
  ).getAction();
  const endorsements = endorsed?.getEndorsementsList() ?? [];
  for (const endorsement of endorsements) {
    const endorser = endorsement.getEndorser_asU8();
    const message = Buffer.concat([
      endorsed?.getProposalResponsePayload_asU8() ?? new Uint8Array(),
      endorser,
    ]);
    check(endorser, message, endorsement.getSignature_asU8());
  }
  return 1 + endorsements.length;
}

function checkOrderers(block: common.Block, consenters: ReadonlyMap<number, Uint8Array>): number {
  const header = block.getHeader();
  const [bytes = new Uint8Array()] = block.getMetadata()?.getMetadataList_asU8() ?? [];
  const metadata = common.Metadata.deserializeBinary(bytes);
  if (header === undefined) throw new Error('a block without a header');
  for (const signature of metadata.getSignaturesList()) {
    const identifier = signature.getIdentifierHeader_asU8();
    const id = common.IdentifierHeader.deserializeBinary(identifier).getIdentifier();
    const message = Buffer.concat([metadata.getValue_asU8(), identifier, headerBytes(header)]);
    checkPem(consenters.get(id) ?? new Uint8Array(), message, signature.getSignature_asU8());
  }
  return metadata.getSignaturesList().length;
}

/** PEM certificates of the orderers, by id: the configuration is read once, so it does not matter by whom. */
function consentersIn(genesis: Uint8Array): Map<number, Uint8Array> {
  const { consenters } = channelConfigOf(readBlock(genesis));
  return new Map(consenters.map(({ id, identity }) => [id, identity]));
}

function check(identity: Uint8Array, message: Uint8Array, signature: Uint8Array): void {
  checkPem(msp.SerializedIdentity.deserializeBinary(identity).getIdBytes_asU8(), message, signature);
}

function checkPem(pem: Uint8Array, message: Uint8Array, signature: Uint8Array): void {
  must(verify('sha256', message, new X509Certificate(pem).publicKey, signature), 'signature');
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`a ${what} does not hold`);
}

/** DER of SEQUENCE {number, previous hash, data hash}. */
function headerBytes(header: common.BlockHeader): Buffer {
  const digits = header.getNumber().toString(16);
  const number = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  const unsigned = (number[0] ?? 0) < 0x80 ? number : Buffer.concat([Buffer.of(0), number]);
  const parts = [
    element(0x02, unsigned),
    element(0x04, header.getPreviousHash_asU8()),
    element(0x04, header.getDataHash_asU8()),
  ];
  return element(0x30, Buffer.concat(parts));
}

function element(tag: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(tag, content.length), content]);
}
