import { integer, line, pattern } from './scalars.js';

/** A party's id. A trader that opens shipments has the id that stands in its UCRs. No slash: it is part of keys. */
export const partyId = pattern(
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  'a party id: 1 to 64 letters, digits, dots, hyphens or underscores, the first a letter or digit',
);

/** The id of a membership service provider: one organisation of the Fabric network. */
export const mspId = pattern(
  /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/,
  'an MSP id: letters, digits, dots and hyphens',
);

/** The caller's own key against doing the same thing twice. A UCR may stand in it. */
export const requestId = pattern(
  /^[A-Za-z0-9._:()-]{1,64}$/,
  'a request id: 1 to 64 letters, digits, dots, colons, hyphens, underscores or parentheses',
);

/** A SHA-256 value in lower-case hex: the genesis hash that names a ledger. */
export const sha256Hex = pattern(/^[0-9a-f]{64}$/, 'a SHA-256 value in 64 lower-case hex digits');

/** 32 bytes in base64url without padding: a key's RFC 7638 thumbprint, a statement's hash. The last digit has 2 spare bits. */
export const sha256Base64url = pattern(
  /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/,
  'a SHA-256 value in 43 base64url digits',
);

/** A transaction's time as records keep it. */
export const timestamp = pattern(
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  'a UTC time as 2026-01-31T12:00:00.000Z',
);

/** A time in an input, to the millisecond and of the calendar: as text it sorts as it does in time. */
export const instant = pattern(
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/,
  'a UTC time as 2026-01-31T12:00:00.000Z',
);

/** What a device can be, in one word; which words are taken is agreed on, see `parameters/`. */
export const deviceKind = pattern(
  /^[a-z][a-z0-9_]{0,63}$/,
  'a kind of device: lower-case letters, digits, underscores',
);

/** Sequence numbers of statements and numbers of handovers: from 1, as large as JSON can carry exactly. */
export const ordinal = integer(1);

/** A name of a party; why something was done. */
export const name = line(200);
export const reason = line(500);
