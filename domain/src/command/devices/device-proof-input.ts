import { PassageError } from '../../errors/passage-error.js';
import { refuseViolations, type Violation } from '../../errors/violations.js';
import { broken, readWith, type Shape } from '../../shape/shape.js';
import { keys } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import { verifyDeviceProof, type DeviceClaim, type DeviceProof } from '../../statement/device-proof.js';
import { ledgerOf } from '../registry.js';

/** A compact JWS in an input, read by `read`, whose refusals keep their code. */
export function signedInput<T>(read: (jws: string) => T, made: string): Shape<T> {
  return (value, pointer, violations) =>
    typeof value === 'string'
      ? readWith(() => read(value))(value, pointer, violations)
      : broken(violations, pointer, `must be a compact JWS made by ${made}`);
}

/** The proof of possession in an input, its signature checked. */
export const deviceProof: Shape<DeviceProof> = signedInput(verifyDeviceProof, 'the new key');

/**
 * Refuses a proof for another ledger, for something else than what is to be registered, or by a key that was ever registered,
 * whatever has become of it: a key never comes twice.
 *
 * @throws PassageError WRONG_LEDGER, INVALID_FIELD, DEVICE_EXISTS
 */
export function checkNewKey(
  { kid, aud, claim }: DeviceProof,
  registered: DeviceClaim,
  view: WorldView,
): void {
  if (aud !== ledgerOf(view).ledger) {
    throw new PassageError('WRONG_LEDGER', 'The proof was signed for another ledger', { aud });
  }
  compareClaim(claim, registered);
  if (view.get(keys.device(kid)) !== undefined) {
    throw new PassageError('DEVICE_EXISTS', `The key ${kid} is registered already`, { kid });
  }
}

/** The key must have signed exactly what is registered, or a proof could be carried to another owner, kind or place. */
function compareClaim(signed: DeviceClaim, registered: DeviceClaim): void {
  const violations: Violation[] = [];
  for (const member of ['owner', 'kind', 'place'] as const) {
    if (signed[member] !== registered[member]) {
      broken(
        violations,
        `/proof/${member}`,
        `is not what is to be registered: ${registered[member] ?? 'none'}`,
      );
    }
  }
  refuseViolations('The proof', violations);
}
