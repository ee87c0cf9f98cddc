import { common, gateway, peer } from '@hyperledger/fabric-protos';
import {
  ChannelHeader,
  ChaincodeProposalPayload,
  Header,
  LedgerError,
  Payload,
  Proposal,
  SerializedIdentity,
  SignatureHeader,
  decode,
  decodeUtf8,
  fabricAttributes,
  isValidSignature,
  readCertificatePem,
  readEndorserTransaction,
  readInvocation,
} from '@passage/ledger';
import type { Certificate } from '@passage/ledger';

import { gatewayError } from '../errors.js';

/** What a message says that a party has signed with a key of its own, or is to sign. */
export interface SignedMessage {
  readonly channel: string;
  readonly chaincode: string;
  readonly transactionId: string;
  /** Milliseconds since 1970, as the proposal says. */
  readonly time: number;
  readonly mspId: string;
  readonly certificate: Certificate;
  readonly command: string;
  /** The command's input: a JSON text. */
  readonly argument: string;
  readonly transient: ReadonlyMap<string, Uint8Array>;
}

/** Who a certificate says that its key acts as, by the attributes of Fabric's CA. */
export interface CertifiedParty {
  readonly party?: string;
  readonly role?: string;
  readonly keyHeldBy?: string;
}

/** Reads a protos.Proposal. Throws `BAD_ARGUMENT`. */
export function readProposal(bytes: Uint8Array): SignedMessage {
  return readable('proposal', () => {
    const { header, payload } = decode(Proposal, bytes);
    const { transientMap } = decode(ChaincodeProposalPayload, payload);
    return { ...readParts(decode(Header, header), payload), transient: transientMap };
  });
}

/** Reads the common.Payload of an endorsed transaction. Throws `BAD_ARGUMENT`. */
export function readTransaction(bytes: Uint8Array): SignedMessage {
  return readable('transaction', () => {
    const { header, data } = decode(Payload, bytes);
    if (header === undefined) throw new LedgerError('MALFORMED_MESSAGE', 'a payload without its header');
    return { ...readParts(header, readEndorserTransaction(data).visiblePayload), transient: new Map() };
  });
}

function readParts(
  { channelHeader, signatureHeader }: Header,
  proposalPayload: Uint8Array,
): Omit<SignedMessage, 'transient'> {
  const { channelId, txId, timestamp } = decode(ChannelHeader, channelHeader);
  const { creator } = decode(SignatureHeader, signatureHeader);
  const { mspid, idBytes } = decode(SerializedIdentity, creator);
  const { name, input } = readInvocation(proposalPayload);
  const [command, argument] = input.args.map(decodeUtf8);
  return {
    channel: channelId,
    chaincode: name,
    transactionId: txId,
    time: timestamp === undefined ? 0 : timestamp.seconds * 1000 + timestamp.nanos / 1e6,
    mspId: mspid,
    certificate: readCertificatePem(idBytes),
    command: command ?? '',
    argument: argument ?? '',
  };
}

/** Reads a certificate in PEM. Throws `BAD_ARGUMENT`. */
export function readCertificateText(pem: string): Certificate {
  return readable('certificate', () => readCertificatePem(Buffer.from(pem)));
}

/** Party, role and key holder as the CA wrote them. */
export function certifiedParty(certificate: Certificate): CertifiedParty {
  const attributes = fabricAttributes(certificate);
  const [party, role, keyHeldBy] = ['party', 'role', 'keyHeldBy'].map((name) =>
    attributes.get(`passage.${name}`),
  );
  return {
    ...(party !== undefined && { party }),
    ...(role !== undefined && { role }),
    ...(keyHeldBy !== undefined && { keyHeldBy }),
  };
}

/** Whether the message's creator has signed these bytes, in the form that Fabric takes (low S). */
export function isSignedByCreator(
  { certificate }: SignedMessage,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  return isValidSignature(certificate.publicKey, bytes, signature);
}

/** fabric-gateway's ProposedTransaction of a proposal that its creator has signed. */
export function proposedTransaction(
  { transactionId }: SignedMessage,
  bytes: Uint8Array,
  signature: Uint8Array,
  endorsers: readonly string[],
): Uint8Array {
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(bytes);
  signed.setSignature(signature);
  const message = new gateway.ProposedTransaction();
  message.setTransactionId(transactionId);
  message.setProposal(signed);
  message.setEndorsingOrganizationsList([...endorsers]);
  return message.serializeBinary();
}

/** fabric-gateway's PreparedTransaction of a payload, not signed yet. */
export function preparedTransaction({ transactionId }: SignedMessage, payload: Uint8Array): Uint8Array {
  const envelope = new common.Envelope();
  envelope.setPayload(payload);
  const message = new gateway.PreparedTransaction();
  message.setTransactionId(transactionId);
  message.setEnvelope(envelope);
  return message.serializeBinary();
}

function readable<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw gatewayError('BAD_ARGUMENT', `this is no ${what}: ${error.message}`, { cause: error });
  }
}
