import {
  decodeBase64url,
  verifySignature,
  verifyingKey,
  type JsonObject,
  type PublicJwk,
  type VerifyingKey,
} from '@passage/domain';
import {
  ChaincodeActionPayload,
  ChaincodeHeaderExtension,
  decode,
  decodeUtf8,
  HeaderType,
  readEnvelope,
  readInvocation,
  recover,
  Transaction,
  utf8,
} from '@passage/ledger';
import { derOf, importedByLedger } from './es256.js';
import { bringsStatements, textsOf } from './sent-statements.js';
import type { PublicKey, SignatureBatch } from '@passage/ledger';

/** Checks signatures of the statements in blocks by the keys that it knows: certainly not all, and nothing but the signatures. */
export class StatementSignatures {
  readonly #chaincode: string;
  readonly #keys = new Map<string, KnownKey>();

  /** @param chaincode that the statements are sent to. */
  constructor(chaincode: string) {
    this.#chaincode = chaincode;
  }

  know(keys: readonly PublicJwk[]): void {
    for (const jwk of keys) {
      const key = verifyingKey(jwk);
      if (!this.#keys.has(key.kid)) this.#keys.set(key.kid, { key, inBatches: importedByLedger(jwk) });
    }
  }

  /**
   * Adds the statements' signatures to a batch, and returns what asks for the statements whose signature is good, see the domain's
   * `SignedStatements`. Never throws: where nothing can be read there are none.
   */
  goodIn(envelopes: readonly Uint8Array[], batch: SignatureBatch): () => readonly string[] {
    if (this.#keys.size === 0) return () => [];
    const added = envelopes.flatMap((bytes) =>
      recover(
        () => this.#statementsIn(bytes).map((jws) => ({ jws, isGood: this.#add(jws, batch) })),
        () => [],
      ),
    );
    return () => added.filter(({ isGood }) => isGood()).map(({ jws }) => jws);
  }

  #statementsIn(bytes: Uint8Array): readonly string[] {
    const { channelHeader, payload } = readEnvelope(bytes);
    if (payload === undefined || channelHeader?.type !== HeaderType.ENDORSER_TRANSACTION) return [];
    const { chaincodeId } = decode(ChaincodeHeaderExtension, channelHeader.extension);
    if (chaincodeId?.name !== this.#chaincode) return [];
    const [action] = decode(Transaction, payload.data).actions;
    if (action === undefined) return [];
    const { chaincodeProposalPayload } = decode(ChaincodeActionPayload, action.payload);
    const [name, argument] = readInvocation(chaincodeProposalPayload).input.args;
    const act = name && decodeUtf8(name);
    if (act === undefined || argument === undefined || !bringsStatements(act)) return [];
    return textsOf(act, readLoosely(argument));
  }

  /**
   * Whoever relies on this reads the statement strictly, and then there is one way to read it; so nothing of it is read here but
   * what it takes to check the signature.
   */
  #add(jws: string, batch: SignatureBatch): () => boolean {
    const [header = '', payload = '', signature = ''] = jws.split('.', 3);
    const { kid, alg } = readLoosely(decodeBase64url(header));
    const known = typeof kid === 'string' ? this.#keys.get(kid) : undefined;
    const made = decodeBase64url(signature);
    if (known === undefined || alg !== known.key.algorithm || made === undefined) return () => false;
    const { key, inBatches } = known;
    const signed = utf8(`${header}.${payload}`);
    if (inBatches === undefined || made.length !== 64) return () => verifySignature(key, signed, made);
    return batch.addAsIs(inBatches, signed, derOf(made));
  }
}

/** A key, and the same for a batch; undefined for Ed25519, which gains nothing from one. */
interface KnownKey {
  readonly key: VerifyingKey;
  readonly inBatches: PublicKey | undefined;
}

/** A JSON object by the engine's own reader, which is fast and takes more than the domain does; empty where there is none. */
function readLoosely(bytes: Uint8Array | undefined): JsonObject {
  try {
    const value: unknown = JSON.parse((bytes && decodeUtf8(bytes)) ?? '');
    return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
  } catch {
    return {};
  }
}
