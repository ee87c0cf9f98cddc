import { rule, type ErrorRule } from './rule.js';

/** Devices and their keys. */
export const deviceRules = {
  DEVICE_UNKNOWN: rule(
    'not_found',
    'No device with this key id is registered.',
    'Look the key id up where the device was registered.',
  ),
  DEVICE_REVOKED: rule(
    'authorization',
    'The key was revoked and signs no new statements.',
    'Register a new key for the device.',
  ),
  DEVICE_SUSPENDED: rule(
    'authorization',
    'The key is suspended and signs no new statements until it is resumed.',
    'Keep the statements in the queue; the details of the device say who suspended it and may resume it.',
  ),
  DEVICE_ROTATED: rule(
    'authorization',
    'The key was rotated: it signs nothing beyond the last number that it named then.',
    'Sign with the key that took its place; the details name it.',
  ),
  NOT_OWNER: rule('authorization', 'Only the party that owns the device may do this.', 'Let the owner act.'),
  DEVICE_EXISTS: rule(
    'conflict',
    'This key is registered already.',
    'Make a key of its own for each device.',
  ),
  NOT_SUSPENDED: rule(
    'conflict',
    'The key is not suspended.',
    'Nothing to do while it is active; a revoked or rotated key does not come back.',
  ),
  NOT_REVOKED: rule(
    'conflict',
    'Late evidence is for revoked keys alone, and this key is not revoked.',
    'Record the statement the usual way; if the key is suspended, have it resumed first.',
  ),
  NO_CLAIM: rule(
    'conflict',
    'The owner makes no such claim that the key was compromised, or it was confirmed already.',
    'Read the device and confirm the claim that stands there, exactly as it stands.',
  ),
  EPOCH_TOO_LOW: rule(
    'conflict',
    'A new epoch has to start above every number that the ledger knows of the key.',
    'Start it at the lowest number in the details, or better well above: numbers that never arrived are used up too.',
  ),
  CALIBRATION_OLDER: rule(
    'conflict',
    'A calibration that was made later, or that holds as long, is recorded already.',
    'Record a newer one that holds longer; suspend or revoke a device that measures wrong.',
  ),
  DEVICE_NOT_NAMED: rule(
    'authorization',
    'The key speaks for a device that its owner has not named for it.',
    'Let the owner name the device (NameDevices), then send the statement again.',
  ),
} as const satisfies Record<string, ErrorRule>;
