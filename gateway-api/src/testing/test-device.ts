import { generateKeyPairSync, sign } from 'node:crypto';

import {
  STATEMENT_TYPE,
  assembleStatement,
  deviceProofSigningInput,
  deviceRotationSigningInput,
  jwkThumbprint,
  psgContext,
  readPublicJwk,
  readStatement,
  statementSigningInput,
  ucrUri,
} from '@passage/domain';
import type { JsonObject, JsonValue, PublicJwk } from '@passage/domain';

/** The ledger that test devices sign for. */
export const TEST_LEDGER = 'ab'.repeat(32);

/** A device with an ES256 key that counts its statements. */
export class TestDevice {
  readonly kid: string;
  readonly #key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #ledger: string;
  #seq = 0;
  #prev: string | undefined;

  constructor(ledger = TEST_LEDGER) {
    this.#ledger = ledger;
    this.kid = jwkThumbprint(this.#jwk());
  }

  proof(claim: { owner: string; kind: string; place?: string }): string {
    const input = deviceProofSigningInput(this.#jwk(), this.#ledger, claim);
    return assembleStatement(input, this.#sign(input));
  }

  /** This key's word that `successor` takes its place. */
  rotationTo(successor: string): string {
    const end = { seq: this.#seq, ...(this.#prev !== undefined && { last: this.#prev }) };
    const input = deviceRotationSigningInput(this.#jwk(), this.#ledger, { successor, ...end });
    return assembleStatement(input, this.#sign(input));
  }

  /** The id of the newest statement. */
  get last(): string | undefined {
    return this.#prev;
  }

  /** Where the device stands, to go back to: what a copied key or a lost memory does. */
  mark(): readonly [seq: number, prev: string | undefined] {
    return [this.#seq, this.#prev];
  }

  returnTo([seq, prev]: ReturnType<TestDevice['mark']>): void {
    [this.#seq, this.#prev] = [seq, prev];
  }

  /** The next statement: an observation of the shipment; what is undefined in `members` is left out of it. */
  statement(ucr: string, members: Readonly<Record<string, JsonValue | undefined>> = {}): string {
    this.#seq++;
    const header = {
      alg: 'ES256',
      typ: STATEMENT_TYPE,
      kid: this.kid,
      aud: this.#ledger,
      seq: this.#seq,
      ...(this.#prev !== undefined && { prev: this.#prev }),
    } as const;
    const payload = Buffer.from(JSON.stringify({ ...observationOf(ucr), ...members }));
    const input = statementSigningInput(header, payload);
    const jws = assembleStatement(input, this.#sign(input));
    this.#prev = readStatement(jws).statementId;
    return jws;
  }

  #jwk(): PublicJwk {
    return readPublicJwk(this.#key.publicKey.export({ format: 'jwk' }) as JsonObject);
  }

  #sign(input: string): Uint8Array {
    return sign('sha256', Buffer.from(input), { key: this.#key.privateKey, dsaEncoding: 'ieee-p1363' });
  }
}

function observationOf(ucr: string): JsonObject {
  return {
    '@context': psgContext,
    type: 'ObjectEvent',
    eventTime: '2026-03-01T08:00:00Z',
    eventTimeZoneOffset: '+00:00',
    epcList: ['urn:epc:id:bic:CSQU3054383'],
    action: 'OBSERVE',
    bizStep: 'inspecting',
    readPoint: { id: 'https://vocabulary.uncefact.org/unlocode#KRPUS' },
    bizTransactionList: [{ type: 'psg:ucr', bizTransaction: ucrUri(ucr) }],
  };
}
