import type { JsonObject, JsonValue } from '../json/value.js';
import { isJsonObject } from '../json/value.js';
import { object } from '../shape/composites.js';
import { sha256Base64url } from '../shape/fields.js';
import { constant, pattern } from '../shape/scalars.js';
import { broken } from '../shape/shape.js';

/**
 * That a request was carried out, and what came of it: asking again gives the same answer and changes nothing.
 * Key `request/<partyId or "admin:"+mspId>/<requestId>`.
 */
export type RequestRecord = {
  readonly v: 1;
  readonly command: string;
  /** SHA-256, in base64url, over the canonical JSON of the input. */
  readonly digest: string;
  readonly result: JsonObject;
};

export const requestRecord = object<RequestRecord>(
  {
    v: constant(1),
    command: pattern(/^[A-Z][A-Za-z]{0,63}$/, 'the name of a command'),
    digest: sha256Base64url,
    result: (value: JsonValue, pointer, violations) =>
      isJsonObject(value) ? value : broken(violations, pointer, 'must be an object'),
  },
  {},
);
