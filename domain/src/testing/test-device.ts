import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { JsonObject } from '../json/value.js';
import { algorithmOf, type PublicJwk } from '../jwk/public-jwk.js';
import { readPublicJwk } from '../jwk/read-public-jwk.js';
import { jwkThumbprint } from '../jwk/thumbprint.js';
import { assembleStatement, statementSigningInput } from '../statement/build-statement.js';
import { deviceProofSigningInput, type DeviceClaim } from '../statement/device-proof.js';
import { deviceRotationSigningInput, type RotationClaim } from '../statement/device-rotation.js';
import { statementId } from '../statement/statement-id.js';
import { STATEMENT_TYPE, type StatementHeader } from '../statement/statement.js';

/** PKCS #8 of an Ed25519 key (RFC 8410) up to its 32 secret bytes. */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A device with a key of its own, for tests: signs proofs and a chain of statements. */
export class TestDevice {
  readonly jwk: PublicJwk;
  readonly kid: string;
  readonly #key: KeyObject;
  readonly #ledger: string;
  #seq = 0;
  #previous: string | undefined;

  /** `seed`: 32 bytes that make the same Ed25519 key each time; without one, a new P-256 key. */
  constructor(ledger: string, seed?: Uint8Array) {
    const { privateKey, publicKey } = seed === undefined ? freshP256() : ed25519Of(seed);
    this.#key = privateKey;
    this.#ledger = ledger;
    this.jwk = readPublicJwk(publicKey);
    this.kid = jwkThumbprint(this.jwk);
  }

  /** The proof of possession that registers this device. */
  proof(claim: DeviceClaim, ledger = this.#ledger): string {
    return this.#sign(deviceProofSigningInput(this.jwk, ledger, claim));
  }

  /** This key's word that `successor` takes its place; `changes` replace members of the claim. */
  rotationTo(successor: string, changes: Partial<RotationClaim> = {}, ledger = this.#ledger): string {
    const end = { seq: this.#seq, ...(this.#previous !== undefined && { last: this.#previous }) };
    return this.#sign(deviceRotationSigningInput(this.jwk, ledger, { successor, ...end, ...changes }));
  }

  /** The device's next statement. */
  next(payload: JsonObject = observation()): string {
    this.#seq += 1;
    const signed = this.statement({ seq: this.#seq, prev: this.#previous, payload });
    this.#previous = statementId(signed.slice(0, signed.lastIndexOf('.')));
    return signed;
  }

  /** A statement with any header; what is not given is as it should be. */
  statement({
    seq = 1,
    prev,
    aud = this.#ledger,
    kid = this.kid,
    payload = observation(),
  }: {
    readonly seq?: number;
    readonly prev?: string | undefined;
    readonly aud?: string;
    readonly kid?: string;
    readonly payload?: JsonObject;
  } = {}): string {
    const before = prev ?? statementId(`before ${String(seq)}`);
    const header: StatementHeader = {
      alg: algorithmOf(this.jwk),
      typ: STATEMENT_TYPE,
      kid,
      aud,
      seq,
      ...(seq > 1 && { prev: before }),
    };
    return this.#sign(statementSigningInput(header, Buffer.from(JSON.stringify(payload))));
  }

  /** What this key signs over any texts, for headers and payloads that nobody honest would write. */
  raw(header: string, payload: string): string {
    return this.#sign([header, payload].map((text) => Buffer.from(text).toString('base64url')).join('.'));
  }

  #sign(input: string): string {
    const bytes = Buffer.from(input);
    const signature =
      this.jwk.kty === 'EC'
        ? sign('sha256', bytes, { key: this.#key, dsaEncoding: 'ieee-p1363' })
        : sign(null, bytes, this.#key);
    return assembleStatement(input, signature);
  }
}

/** A small observation: a container seen at a place. */
export function observation(container = 'urn:epc:id:bic:CSQU3054383'): JsonObject {
  return {
    '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
    type: 'ObjectEvent',
    eventTime: '2026-01-31T12:00:00.000Z',
    eventTimeZoneOffset: '+09:00',
    action: 'OBSERVE',
    bizStep: 'arriving',
    epcList: [container],
  };
}

function freshP256(): { readonly privateKey: KeyObject; readonly publicKey: JsonObject } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { privateKey, publicKey: publicKey.export({ format: 'jwk' }) as JsonObject };
}

function ed25519Of(seed: Uint8Array): { readonly privateKey: KeyObject; readonly publicKey: JsonObject } {
  const der = Buffer.concat([ED25519_PKCS8, seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const { kty, crv, x } = privateKey.export({ format: 'jwk' }) as Record<string, string>;
  return { privateKey, publicKey: { kty, crv, x } as JsonObject };
}
