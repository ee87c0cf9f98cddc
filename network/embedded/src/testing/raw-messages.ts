import { randomBytes } from 'node:crypto';

import { common, gateway, peer } from '@hyperledger/fabric-protos';
import {
  ChannelHeader,
  HeaderType,
  Payload,
  SerializedIdentity,
  SignatureHeader,
  buildProposal,
  decode,
  encode,
  readEndorserTransaction,
  readEnvelope,
  serializeIdentity,
  signEnvelope,
  utf8,
} from '@passage/ledger';
import type { Encodable } from '@passage/ledger';

import { CHAINCODE, CHANNEL } from '../organizations.js';
import { signLowS } from '../pki/low-s.js';
import { SeekInfo } from '../proto/seek.js';
import type { User } from './client.js';

/** A signature as Fabric wants it: ECDSA over SHA-256, DER, low S. */
export function signAs({ key }: User, message: Uint8Array): Uint8Array {
  return signLowS(key, message);
}

/** A proposal to write a key, with a timestamp of our choice; the client library always takes its own clock. */
export function proposalAt(time: Date, { identity }: User): { bytes: Uint8Array; signed: Uint8Array } {
  const { txId, proposal } = buildProposal({
    channelId: CHANNEL,
    chaincode: CHAINCODE,
    args: ['put', 'late', '1'].map((arg) => utf8(arg)),
    creator: serializeIdentity(identity.mspId, identity.credentials),
    nonce: randomBytes(24),
    timestamp: { seconds: Math.floor(time.getTime() / 1000), nanos: 0 },
  });
  const signedProposal = new peer.SignedProposal();
  signedProposal.setProposalBytes(proposal);
  const proposed = new gateway.ProposedTransaction();
  proposed.setTransactionId(txId);
  proposed.setProposal(signedProposal);
  return { bytes: proposed.serializeBinary(), signed: proposal };
}

/** A commit status request that the client library signs and sends, for a transaction of our choice. */
export function commitStatusRequest(transactionId: string, { identity }: User): Uint8Array {
  const request = new gateway.CommitStatusRequest();
  request.setTransactionId(transactionId);
  request.setChannelId(CHANNEL);
  request.setIdentity(serializeIdentity(identity.mspId, identity.credentials));
  const signed = new gateway.SignedCommitStatusRequest();
  signed.setRequest(request.serializeBinary());
  return signed.serializeBinary();
}

/** MSP ids of the endorsers in the bytes of a prepared transaction, in their order. */
export function endorsersOf(transaction: Uint8Array): string[] {
  const envelope =
    gateway.PreparedTransaction.deserializeBinary(transaction).getEnvelope() ?? new common.Envelope();
  const { payload } = readEnvelope(envelope.serializeBinary());
  const { endorsements } = readEndorserTransaction(payload?.data ?? new Uint8Array());
  return endorsements.map(({ endorser }) => decode(SerializedIdentity, endorser).mspid);
}

/** What a request for blocks is made of; the defaults are what an ordinary client would send. */
export interface SeekRequest {
  readonly seek: Encodable<SeekInfo> | Uint8Array;
  readonly channelId?: string;
  readonly time?: Date;
}

/** A signed envelope that asks for blocks. */
export function seekEnvelope(
  user: User,
  { seek, channelId = CHANNEL, time = new Date() }: SeekRequest,
): Uint8Array {
  const { identity } = user;
  const channelHeader = encode(ChannelHeader, {
    type: HeaderType.DELIVER_SEEK_INFO,
    channelId,
    timestamp: { seconds: Math.floor(time.getTime() / 1000), nanos: 0 },
  });
  const signatureHeader = encode(SignatureHeader, {
    creator: serializeIdentity(identity.mspId, identity.credentials),
    nonce: randomBytes(24),
  });
  const data = seek instanceof Uint8Array ? seek : encode(SeekInfo, seek);
  const payload = encode(Payload, { header: { channelHeader, signatureHeader }, data });
  return signEnvelope(payload, (message) => signAs(user, message));
}
