import { decodeBase64url } from '../bytes/base64url.js';
import { commit, type CommitmentSubject } from '../commitment/commitment.js';
import { pointerTo } from '../json/pointer.js';
import { isJsonArray, isJsonObject, type JsonValue } from '../json/value.js';
import { list, object } from '../shape/composites.js';
import { partyId, sha256Base64url, sha256Hex, timestamp } from '../shape/fields.js';
import { constant, line } from '../shape/scalars.js';
import { readShape } from '../shape/shape.js';
import type { UnverifiedStatement } from '../statement/statement.js';
import { field, secretShape, subject, type Secret } from './opening-record.js';

/** An opening as its holder has it: in the form in which `GetOpening` answers and devices keep theirs. */
export type HeldOpening = CommitmentSubject &
  Secret & {
    /** What it is said to open. */
    readonly commitment?: string;
  };

/** What the two forms have besides, which proves nothing. */
type Beside = { readonly v?: 1; readonly keptAt?: string; readonly statementId?: string };

const heldOpening = object<HeldOpening & Beside>(
  { ledger: sha256Hex, subject, owner: partyId, field, ...secretShape },
  { commitment: sha256Base64url, v: constant(1), keptAt: timestamp, statementId: line(200) },
);

const heldOpenings = list(heldOpening, { min: 1, max: Infinity });

/** Reads one opening, or a list of them. @throws PassageError INVALID_FIELD */
export function readHeldOpenings(value: JsonValue): readonly HeldOpening[] {
  if (isJsonArray(value)) return readShape('The list of openings', heldOpenings, value);
  return [readShape('The opening', heldOpening, value)];
}

/** The commitment that an opening opens; undefined where it says that it opens another one. */
export function commitmentOf(opening: HeldOpening): string | undefined {
  const { ledger, subject, owner, field, value, commitment } = opening;
  const salt = decodeBase64url(opening.salt);
  if (salt === undefined) return undefined;
  const opened = commit({ ledger, subject, owner, field, value, salt });
  return commitment === undefined || commitment === opened ? opened : undefined;
}

/**
 * Where a statement's payload has a commitment, as JSON pointers. A statement for another ledger has none of this ledger's:
 * a commitment holds on one ledger alone.
 */
export function placesOf(
  commitment: string,
  ledger: string,
  statement: UnverifiedStatement,
): readonly string[] {
  return statement.header.aud === ledger ? found(statement.payload, commitment, '') : [];
}

function found(value: JsonValue, text: string, pointer: string): readonly string[] {
  if (value === text) return [pointer];
  const members = isJsonArray(value)
    ? [...value.entries()]
    : isJsonObject(value)
      ? Object.entries(value)
      : [];
  return members.flatMap(([name, member]) => found(member, text, pointerTo(pointer, name)));
}
