import { assembleStatement, type DeviceClaim, deviceProofSigningInput } from '@passage/domain';
import type { DeviceKey } from '../keys/device-key.js';

/** The compact JWS that registers a key: signed by it, for the ledger `aud`, saying whose it is and what it is. */
export function provePossession(key: DeviceKey, aud: string, claim: DeviceClaim): string {
  const signingInput = deviceProofSigningInput(key.jwk, aud, claim);
  return assembleStatement(signingInput, key.sign(Buffer.from(signingInput)));
}
