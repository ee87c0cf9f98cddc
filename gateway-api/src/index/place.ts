import { isJsonObject, unlocodeIn } from '@passage/domain';
import type { JsonObject } from '@passage/domain';

/**
 * Where an EPCIS event puts the goods: the first of read point and business location that names a UN/LOCODE, else the
 * first that is there. A moving device gives its position as read point and the place it is at as business location.
 */
export function placeOf(event: JsonObject): string | undefined {
  const named = [event['readPoint'], event['bizLocation']].flatMap((member) =>
    member !== undefined && isJsonObject(member) && typeof member['id'] === 'string' ? [member['id']] : [],
  );
  return named.find((id) => unlocodeIn(id) !== undefined) ?? named[0];
}
