import {
  isJsonArray,
  isJsonObject,
  jwkThumbprint,
  type JsonValue,
  type PublicJwk,
  readJson,
  readPublicJwk,
  verifyDeviceProof,
} from '@passage/domain';
import { DeviceError, messageOf } from '../errors/device-error.js';
import { readInputFile } from './input-file.js';

/**
 * The public keys in files, by their `kid`: a JWK, a JWK set, or the list of registrations that `passage simulate` writes,
 * whose proofs carry their keys.
 *
 * @throws DeviceError FILE_UNUSABLE.
 */
export function knownKeys(paths: readonly string[]): ReadonlyMap<string, PublicJwk> {
  return new Map(paths.flatMap(keysIn).map((jwk) => [jwkThumbprint(jwk), jwk]));
}

function keysIn(path: string): readonly PublicJwk[] {
  const bytes = readInputFile(path);
  try {
    return entriesOf(readJson(bytes)).map(keyOf);
  } catch (error) {
    throw new DeviceError('FILE_UNUSABLE', `${path} holds no public keys: ${messageOf(error)}.`);
  }
}

function entriesOf(value: JsonValue): readonly JsonValue[] {
  if (isJsonArray(value)) return value;
  const set = isJsonObject(value) ? value['keys'] : undefined;
  return isJsonArray(set) ? set : [value];
}

function keyOf(value: JsonValue): PublicJwk {
  const proof = isJsonObject(value) ? value['proof'] : undefined;
  return typeof proof === 'string' ? verifyDeviceProof(proof).jwk : readPublicJwk(value);
}
