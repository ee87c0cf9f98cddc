import { utf8 } from '../bytes/bytes.js';
import { decodeBase64url } from '../bytes/base64url.js';
import { opens, type CommitmentSubject } from '../commitment/commitment.js';
import { canonicalJson } from '../json/canonical.js';
import { readJson } from '../json/read-json.js';
import { object } from '../shape/composites.js';
import { line, constant, such } from '../shape/scalars.js';
import { partyId, sha256Base64url, sha256Hex, timestamp } from '../shape/fields.js';
import { readShape, type Shape } from '../shape/shape.js';
import { collectionOf, type PrivateKey, type PrivateWrite } from './private-state.js';

/** What opens a commitment besides what is known of it: travels as transient data, and rests in private collections alone. */
export type Secret = {
  /** 32 bytes in base64url. */
  readonly salt: string;
  readonly value: string;
};

/** An opening as a party's copy is kept. Collection of the party's organisation, key `opening/<partyId>/<commitment>`. */
export type OpeningRecord = Secret & {
  readonly v: 1;
  readonly commitment: string;
  readonly ledger: string;
  readonly subject: string;
  readonly owner: string;
  readonly field: string;
  /** When this copy came: from here on its retention runs. */
  readonly keptAt: string;
};

/** What a commitment may be about: an EPC, a UCR, a name of our own. Stands in clear; it must not tell what is hidden. */
export const subject = line(200);

/** The name of a field, as in the payload. */
export const field = line(100);

const MOST_CHARACTERS = 2_000;

const value = such(
  (text) => text.length > 0 && text.length <= MOST_CHARACTERS && text.isWellFormed(),
  `a text of 1 to ${String(MOST_CHARACTERS)} characters`,
);

/** The members of a secret. */
export const secretShape = { salt: sha256Base64url, value } as const;

/** Salt and value of one field. */
export const secret: Shape<Secret> = object<Secret>(secretShape, {});

const openingRecord = object<OpeningRecord>(
  {
    v: constant(1),
    commitment: sha256Base64url,
    ledger: sha256Hex,
    subject,
    owner: partyId,
    field,
    salt: sha256Base64url,
    value,
    keptAt: timestamp,
  },
  {},
);

/** Where a party's copy of an opening is kept. */
export function openingKey(
  party: { readonly mspId: string; readonly partyId: string },
  commitment: string,
): PrivateKey {
  return { collection: collectionOf(party.mspId), key: `opening/${party.partyId}/${commitment}` };
}

export function openingWrite(
  party: { readonly mspId: string; readonly partyId: string },
  record: OpeningRecord,
): PrivateWrite {
  return { ...openingKey(party, record.commitment), value: utf8(canonicalJson(record)) };
}

export function readOpening(value: Uint8Array): OpeningRecord {
  return readShape('The opening', openingRecord, readJson(value));
}

/** Whether salt and value open a commitment about this. Whoever holds the opening can prove the field with nothing else. */
export function secretOpens(commitment: string, about: CommitmentSubject, { salt, value }: Secret): boolean {
  const { ledger, subject, owner, field } = about;
  const bytes = decodeBase64url(salt);
  return bytes !== undefined && opens(commitment, { ledger, subject, owner, field, salt: bytes, value });
}
