import { PassageError } from '../errors/passage-error.js';
import type { ChainEnd } from './chain-end.js';
import type { Compromise, DeviceRecord, Suspension } from './device-record.js';
import type { LedgerPoint } from './ledger-point.js';
import { isSamePoint } from './ledger-point.js';

/*
 * The life of a device's key: active and suspended, back and forth; then rotated or revoked, for good. A rotated key can
 * still be revoked. docs/rules.md draws it.
 */

/**
 * The key signs nothing until it is resumed. Customs may take over a suspension that the owner has made, so that an owner who
 * is quicker cannot be the one who lifts it.
 *
 * @throws PassageError DEVICE_SUSPENDED, DEVICE_ROTATED, DEVICE_REVOKED
 */
export function suspended(device: DeviceRecord, suspension: Suspension): DeviceRecord {
  const takenOver = device.suspension?.by === 'owner' && suspension.by !== 'owner';
  if (!takenOver) requireActive(device);
  return { ...device, status: 'suspended', suspension };
}

/**
 * The device after a proof that its key has signed two things under the number `seq`: suspended, unless it is revoked or
 * rotated already, or customs or an earlier proof has suspended it; then undefined.
 */
export function equivocationSuspended(
  device: DeviceRecord,
  seq: number,
  at: string,
): DeviceRecord | undefined {
  const open = device.status === 'active' || device.suspension?.by === 'owner';
  const reason = `two statements under the number ${seq}`;
  return open ? suspended(device, { by: 'equivocation', at, reason }) : undefined;
}

/**
 * The key may sign again.
 *
 * @param byCustoms whether customs resumes it: it may lift any suspension, the owner only its own.
 * @throws PassageError NOT_SUSPENDED, CUSTOMS_ONLY
 */
export function resumed(device: DeviceRecord, byCustoms: boolean): DeviceRecord {
  const { kid, suspension } = device;
  if (device.status !== 'suspended' || suspension === undefined) {
    throw new PassageError('NOT_SUSPENDED', `The key ${kid} is ${device.status}`, {
      kid,
      status: device.status,
    });
  }
  if (suspension.by !== 'owner' && !byCustoms) {
    const message = `The key was suspended by ${suspension.by}: only customs resumes it`;
    throw new PassageError('CUSTOMS_ONLY', message, { kid, by: suspension.by });
  }
  return { ...withoutSuspension(device), status: 'active' };
}

/**
 * The key signs nothing new, for good. `since` claims that it was in other hands before; the claim can also be made, or
 * corrected, after the revocation, until customs has confirmed one.
 *
 * @throws PassageError DEVICE_REVOKED
 */
export function revoked(
  device: DeviceRecord,
  { at, reason, since }: { readonly at: string; readonly reason: string; readonly since?: LedgerPoint },
): DeviceRecord {
  const claim = since !== undefined && { compromise: { since, claimedAt: at } };
  if (device.status === 'revoked') {
    const open = device.compromise?.confirmedAt === undefined;
    if (claim !== false && open) return { ...device, ...claim };
    throw new PassageError('DEVICE_REVOKED', `The key ${device.kid} was revoked before`, { kid: device.kid });
  }
  return { ...withoutSuspension(device), status: 'revoked', revokedAt: at, reason, ...claim };
}

/**
 * Customs makes the owner's claim count. It names what it confirms, so that a claim which changes meanwhile is not confirmed
 * unseen.
 *
 * @throws PassageError NO_CLAIM
 */
export function compromiseConfirmed(
  device: DeviceRecord,
  { since, by, at }: { readonly since: LedgerPoint; readonly by: string; readonly at: string },
): DeviceRecord {
  const { kid, compromise } = device;
  if (
    compromise === undefined ||
    compromise.confirmedAt !== undefined ||
    !isSamePoint(compromise.since, since)
  ) {
    throw new PassageError('NO_CLAIM', `No such claim about ${kid} awaits confirmation`, {
      kid,
      ...(compromise && { claim: compromise }),
    });
  }
  const confirmed: Compromise = { ...compromise, confirmedAt: at, confirmedBy: by };
  return { ...device, compromise: confirmed };
}

/**
 * The device counts anew from `firstSeq`, because it has lost its memory. Suspended or not, it stays so.
 *
 * @param after the last statement that the ledger holds of it.
 * @throws PassageError DEVICE_ROTATED, DEVICE_REVOKED, EPOCH_TOO_LOW
 */
export function epochStarted(
  device: DeviceRecord,
  { after, firstSeq, at }: { readonly after: ChainEnd; readonly firstSeq: number; readonly at: string },
): DeviceRecord {
  if (device.status !== 'suspended') requireActive(device);
  const lowest = Math.max(after.seq, device.epoch?.firstSeq ?? 0) + 1;
  if (firstSeq < lowest) {
    const message = `A new epoch of ${device.kid} starts at ${lowest} or later`;
    throw new PassageError('EPOCH_TOO_LOW', message, { kid: device.kid, lowest });
  }
  const number = (device.epoch?.number ?? 1) + 1;
  return { ...device, epoch: { number, firstSeq, after, at } };
}

/** @throws PassageError DEVICE_SUSPENDED, DEVICE_ROTATED, DEVICE_REVOKED */
export function requireActive({ kid, status }: DeviceRecord): void {
  if (status === 'active') return;
  const code = (
    { suspended: 'DEVICE_SUSPENDED', rotated: 'DEVICE_ROTATED', revoked: 'DEVICE_REVOKED' } as const
  )[status];
  throw new PassageError(code, `The key ${kid} is ${status}`, { kid });
}

function withoutSuspension(device: DeviceRecord): DeviceRecord {
  const copy: { -readonly [Member in keyof DeviceRecord]: DeviceRecord[Member] } = { ...device };
  delete copy.suspension;
  return copy;
}
