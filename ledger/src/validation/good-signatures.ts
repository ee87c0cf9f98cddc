import { readEnvelope } from '../block/index.js';
import { concatBytes, decode } from '../codec/index.js';
import { recover } from '../errors.js';
import { ChaincodeActionPayload, HeaderType, Transaction } from '../proto/index.js';
import type { Message } from '#crypto';
import type { Certificates, SignatureBatch } from '../identity/index.js';
import type { Endorsement } from '../proto/index.js';

/**
 * Signatures of a block that are known to be good: one number for each of its envelopes. Bit 0 speaks of its creator, bit n
 * of its n-th endorsement, up to the 31st. A bit that is set says that the signature was made over what it should be by the
 * key in the certificate beside it, and nothing about whose certificate that is; one that is not set says nothing.
 *
 * They hold for the very bytes that they were found in, and for no others.
 */
export type GoodSignatures = Uint32Array;

const MOST_ENDORSEMENTS = 31;

/** Place of the creator's signature among those of a transaction; endorsements stand behind it, from 1 on. */
export const CREATOR = 0;

/** Whether the signature at a place of one transaction is among those that are known to be good. */
export function isGood(signatures: number, place: number): boolean {
  return place <= MOST_ENDORSEMENTS && ((signatures >>> place) & 1) === 1;
}

/**
 * Adds the signatures of creators and endorsers to a batch, and nothing else, and returns what asks which are good. Never throws: what
 * cannot be read has no good ones.
 */
export function findGoodSignatures(
  envelopes: readonly Uint8Array[],
  certificates: Certificates,
  batch: SignatureBatch,
): () => GoodSignatures {
  const add = (identity: Uint8Array, message: Message, signature: Uint8Array): Verdict => {
    const key = certificates.of(identity)?.publicKey;
    return key === undefined ? () => false : batch.add(key, message, signature);
  };
  const verdicts = envelopes.map((bytes): readonly Verdict[] => {
    const { envelope, payload, channelHeader, signatureHeader } = readEnvelope(bytes);
    if (!envelope || !payload || !signatureHeader) return [];
    const ofCreator = add(signatureHeader.creator, envelope.payload, envelope.signature);
    if (channelHeader?.type !== HeaderType.ENDORSER_TRANSACTION) return [ofCreator];
    const { responsePayload, endorsements } = endorsedIn(payload.data);
    const ofEndorsers = endorsements
      .slice(0, MOST_ENDORSEMENTS)
      .map(({ endorser, signature }) => add(endorser, [responsePayload, endorser], signature));
    return [ofCreator, ...ofEndorsers];
  });
  return () => Uint32Array.from(verdicts, (some) => some.reduce(withPlace, 0));
}

/** Whether a signature is good. */
type Verdict = () => boolean;

function withPlace(signatures: number, isGoodAt: Verdict, place: number): number {
  return isGoodAt() ? signatures | (1 << place) : signatures;
}

/** What an endorser signs: the response payload, followed by its own identity. */
export function endorsedMessage(responsePayload: Uint8Array, endorser: Uint8Array): Uint8Array {
  return concatBytes(responsePayload, endorser);
}

interface Endorsed {
  readonly responsePayload: Uint8Array;
  readonly endorsements: readonly Endorsement[];
}

/** The endorsements as `judgeTransaction` reads them; none where it would refuse the transaction before it came to them. */
function endorsedIn(data: Uint8Array): Endorsed {
  const nothing = { responsePayload: data, endorsements: [] };
  return recover<Endorsed, Endorsed>(
    () => {
      const [first] = decode(Transaction, data).actions;
      const action = first && decode(ChaincodeActionPayload, first.payload).action;
      return action === undefined
        ? nothing
        : { responsePayload: action.proposalResponsePayload, endorsements: action.endorsements };
    },
    () => nothing,
  );
}
