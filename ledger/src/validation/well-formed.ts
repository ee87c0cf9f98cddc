import { proposalHash, transactionId } from '../block/index.js';
import { decode, equalBytes } from '../codec/index.js';
import { recover } from '../errors.js';
import {
  ChaincodeActionPayload,
  HeaderType,
  ProposalResponsePayload,
  SignatureHeader,
  Transaction,
  TxValidationCode,
} from '../proto/index.js';
import { CREATOR, isGood } from './good-signatures.js';
import { refuse } from './refusal.js';
import type { EndorserTransaction, EnvelopePart, EnvelopeReading } from '../block/index.js';
import type { ChannelConfig } from '../config/index.js';
import type { ChannelHeader, Envelope, Header, Payload } from '../proto/index.js';
import type { Refusal } from './refusal.js';

/** An envelope of which every layer could be read. */
export interface Layers {
  readonly envelope: Envelope;
  readonly payload: Payload;
  readonly header: Header;
  readonly channelHeader: ChannelHeader;
  readonly signatureHeader: SignatureHeader;
}

/** An endorser transaction down to what the endorsers signed, which nobody has looked into yet. */
export type SignedAction = Omit<EndorserTransaction, 'chaincodeAction'>;

const CODE_OF_PART: Record<EnvelopePart, number> = {
  envelope: TxValidationCode.INVALID_OTHER_REASON,
  payload: TxValidationCode.BAD_PAYLOAD,
  header: TxValidationCode.BAD_COMMON_HEADER,
  channelHeader: TxValidationCode.BAD_COMMON_HEADER,
  signatureHeader: TxValidationCode.BAD_COMMON_HEADER,
};

const KNOWN_TYPES: readonly number[] = [
  HeaderType.ENDORSER_TRANSACTION,
  HeaderType.CONFIG_UPDATE,
  HeaderType.CONFIG,
];

/** All layers of an envelope, or the code for the outermost one that cannot be read. */
export function checkLayers(reading: EnvelopeReading): Layers | Refusal {
  const { envelope, payload, header, channelHeader, signatureHeader, faults } = reading;
  const [fault] = faults;
  if (fault !== undefined) return refuse(CODE_OF_PART[fault.part], fault.error.message);
  if (!envelope || !payload || !header || !channelHeader || !signatureHeader) {
    return refuse(TxValidationCode.INVALID_OTHER_REASON, 'the envelope is incomplete');
  }
  return { envelope, payload, header, channelHeader, signatureHeader };
}

/**
 * Form and creator of a transaction, in the peer's order (Fabric: core/common/validation/msgvalidation.go,
 * ValidateTransaction): headers, creator's certificate and signature, type, transaction id.
 *
 * @param good what is known of the transaction's signatures, see `GoodSignatures`.
 */
export function checkEnvelope(layers: Layers, config: ChannelConfig, good: number): Refusal | undefined {
  return checkHeaders(layers) ?? checkCreator(layers, config, good) ?? checkType(layers);
}

function checkHeaders({ channelHeader, signatureHeader }: Layers): Refusal | undefined {
  const bad = (reason: string): Refusal => refuse(TxValidationCode.BAD_COMMON_HEADER, reason);
  if (!KNOWN_TYPES.includes(channelHeader.type))
    return bad(`type ${channelHeader.type} does not belong in a block`);
  if (channelHeader.epoch !== 0) return bad(`epoch ${channelHeader.epoch}, not 0`);
  if (signatureHeader.nonce.length === 0) return bad('no nonce');
  if (signatureHeader.creator.length === 0) return bad('no creator');
  return undefined;
}

function checkCreator(layers: Layers, { channelId, msps }: ChannelConfig, good: number): Refusal | undefined {
  const { envelope, channelHeader, signatureHeader } = layers;
  const bad = (reason: string): Refusal => refuse(TxValidationCode.BAD_CREATOR_SIGNATURE, reason);
  if (channelHeader.channelId !== channelId)
    return bad(`it is for channel ${JSON.stringify(channelHeader.channelId)}`);
  return recover(
    () => {
      const creator = msps.deserializeIdentity(signatureHeader.creator);
      creator.validate();
      const isSigned = isGood(good, CREATOR) || creator.verify(envelope.payload, envelope.signature);
      return isSigned ? undefined : bad("the creator's signature is wrong");
    },
    (error) => bad(`the creator's certificate is not valid: ${error.message}`),
  );
}

function checkType({ channelHeader, signatureHeader }: Layers): Refusal | undefined {
  const { type, txId } = channelHeader;
  if (type === HeaderType.CONFIG_UPDATE) {
    return refuse(
      TxValidationCode.UNSUPPORTED_TX_PAYLOAD,
      'a configuration update that no orderer has applied',
    );
  }
  const expected = transactionId(signatureHeader.nonce, signatureHeader.creator);
  if (type === HeaderType.ENDORSER_TRANSACTION && txId !== expected) {
    return refuse(TxValidationCode.BAD_PROPOSAL_TXID, `its id is ${JSON.stringify(txId)}, not ${expected}`);
  }
  return undefined;
}

/** The body of an endorser transaction, bound to its proposal by the hash that the endorsers signed. */
export function checkAction(layers: Layers): SignedAction | Refusal {
  const bad = (reason: string): Refusal => refuse(TxValidationCode.INVALID_ENDORSER_TRANSACTION, reason);
  return recover(
    () => {
      const { actions } = decode(Transaction, layers.payload.data);
      const [action] = actions;
      if (action === undefined || actions.length > 1) return bad(`${actions.length} actions, not one`);
      const { nonce, creator } = decode(SignatureHeader, action.header);
      if (nonce.length === 0 || creator.length === 0) return bad('the action has no nonce or no creator');
      const { action: endorsed, chaincodeProposalPayload: visiblePayload } = decode(
        ChaincodeActionPayload,
        action.payload,
      );
      if (endorsed === undefined) return bad('nothing was endorsed');
      const { proposalResponsePayload: responsePayloadBytes, endorsements } = endorsed;
      const responsePayload = decode(ProposalResponsePayload, responsePayloadBytes);
      const expected = proposalHash(layers.header.channelHeader, action.header, visiblePayload);
      if (!equalBytes(responsePayload.proposalHash, expected))
        return bad('the endorsed proposal is another one');
      return {
        actionHeader: action.header,
        visiblePayload,
        responsePayloadBytes,
        responsePayload,
        endorsements,
      };
    },
    (error) => bad(error.message),
  );
}
