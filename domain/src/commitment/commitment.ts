import { sha256 } from '#crypto';
import { encodeBase64url } from '../bytes/base64url.js';
import { concatBytes, utf8 } from '../bytes/bytes.js';

/** What a commitment is about: it holds for this one field of this one thing of this one owner on this one ledger. */
export interface CommitmentSubject {
  /** Genesis hash of the ledger, 64 hex digits. */
  readonly ledger: string;
  /** What the field belongs to: a container, a consignment, an event's read point. */
  readonly subject: string;
  /** Party id of whoever keeps the opening. */
  readonly owner: string;
  /** The field's name: `licencePlate`. */
  readonly field: string;
}

/** Everything that opens a commitment. Kept off the ledger; destroying the salt makes the commitment unreadable. */
export interface Opening extends CommitmentSubject {
  /** 32 random bytes, new for each commitment: without them a plate could be found by trying all plates. */
  readonly salt: Uint8Array;
  readonly value: string;
}

const DOMAIN = 'passage-commitment-1';
const SALT_BYTES = 32;

/**
 * The commitment to a value that must not stand in clear: SHA-256 in base64url (43 characters) over domain tag, ledger,
 * subject, owner, field, salt and value, each behind its length, so that no part can run into its neighbour.
 *
 * @throws RangeError where the salt does not have 32 bytes or a text is not Unicode: a fault of the calling program.
 */
export function commit(opening: Opening): string {
  if (!isUsable(opening))
    throw new RangeError(`a commitment takes a salt of ${SALT_BYTES} bytes and Unicode texts`);
  const { ledger, subject, owner, field, salt, value } = opening;
  const texts = [DOMAIN, ledger, subject, owner, field].map(utf8);
  return encodeBase64url(sha256(concatBytes([...texts, salt, utf8(value)].flatMap(withLength))));
}

/** Whether an opening opens a commitment. */
export function opens(commitment: string, opening: Opening): boolean {
  return isUsable(opening) && commit(opening) === commitment;
}

/** Half a surrogate pair has no UTF-8: two texts that differ in it alone would share a commitment. */
function isUsable({ ledger, subject, owner, field, salt, value }: Opening): boolean {
  const texts = [ledger, subject, owner, field, value];
  return salt.length === SALT_BYTES && texts.every((text) => text.isWellFormed());
}

/** A part behind its length in bytes: four bytes, the highest first. */
function withLength(part: Uint8Array): [Uint8Array, Uint8Array] {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, part.length);
  return [length, part];
}
