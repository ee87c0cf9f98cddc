import type { JsonObject } from '@passage/domain';

/**
 * The EPCIS event that a recorded statement signs. The statement was read strictly when it was indexed, and what is read strictly
 * is read alike by JSON.parse; the strict reader, and the statement's hash, cost several times as much.
 */
export function recordedPayload(jws: string): JsonObject {
  const payload = jws.slice(jws.indexOf('.') + 1, jws.lastIndexOf('.'));
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as JsonObject;
}
