import { isJsonObject } from '@passage/domain';
import { readSignedShipmentStatement } from '@passage/evidence';
import type { JsonValue } from '@passage/domain';
import type { SignedShipmentStatement } from '@passage/evidence';

/**
 * A shipment statement as bundles have it (`{statement, signatures}`), or as a gateway's query `shipmentStatement` answers, with or
 * without the answer around it: there the signatures stand beside the fields, and so does who did not sign.
 *
 * @throws PassageError INVALID_FIELD
 */
export function statementIn(json: JsonValue): SignedShipmentStatement {
  const answer = memberOf(memberOf(json, 'data'), 'shipmentStatement');
  if (!isJsonObject(answer) || 'statement' in answer) return readSignedShipmentStatement(answer);
  const { signatures = null } = answer;
  const fields = Object.entries(answer).filter(([name]) => name !== 'signatures' && name !== 'notSigned');
  const statement = Object.fromEntries(fields);
  return readSignedShipmentStatement({ statement, signatures });
}

/** The member where it is there, or else the value itself. */
function memberOf(value: JsonValue, name: string): JsonValue {
  return isJsonObject(value) ? (value[name] ?? value) : value;
}
