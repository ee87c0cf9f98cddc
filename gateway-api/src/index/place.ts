import { isJsonObject, isUnLocode } from '@passage/domain';
import type { JsonObject } from '@passage/domain';

/**
 * Where an EPCIS event puts the goods: the first of read point and business location that names a UN/LOCODE, else the
 * first that is there. A moving device gives its position as read point and the place it is at as business location.
 */
export function placeOf(event: JsonObject): string | undefined {
  const named = [event['readPoint'], event['bizLocation']].flatMap((member) =>
    member !== undefined && isJsonObject(member) && typeof member['id'] === 'string' ? [member['id']] : [],
  );
  return named.find((id) => unlocodeOf(id) !== undefined) ?? named[0];
}

/** The UN/LOCODE in a place's id: the id itself, or what stands behind its last `#`, `/` or `:`. */
export function unlocodeOf(id: string): string | undefined {
  const code = id.slice(Math.max(id.lastIndexOf('#'), id.lastIndexOf('/'), id.lastIndexOf(':')) + 1);
  return isUnLocode(code) ? code : undefined;
}
