import { PassageError } from '../../errors/passage-error.js';
import { changeCertificate } from '../../origin/certificate/certificate-life.js';
import type { CertificateRecord, CertificateStatus } from '../../origin/certificate/certificate-record.js';
import { object } from '../../shape/composites.js';
import { reason, requestId } from '../../shape/fields.js';
import { ownedId, requireOwnId } from '../../shape/owned-id.js';
import { keys, type StateKey } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import type { PartyActor } from '../caller.js';

/** What every change of a certificate takes. */
export type CertificateChangeInput = {
  readonly requestId: string;
  readonly certificate: string;
  readonly reason: string;
};

export const certificateChangeInput = object<CertificateChangeInput>(
  { requestId, certificate: ownedId, reason },
  {},
);

/** @throws PassageError CERTIFICATE_UNKNOWN */
export function knownCertificate(certificate: string, view: WorldView): CertificateRecord {
  const record = view.get(keys.certificate(certificate));
  if (record !== undefined) return record;
  throw new PassageError('CERTIFICATE_UNKNOWN', `No certificate ${certificate} was issued`, { certificate });
}

/**
 * A certificate after the body that issued it has changed its standing.
 *
 * @throws PassageError ID_NOT_YOURS, CERTIFICATE_UNKNOWN, CERTIFICATE_STATUS
 */
export function changedCertificate(
  { certificate, reason }: CertificateChangeInput,
  status: CertificateStatus,
  { party }: PartyActor,
  view: WorldView,
  at: string,
): CertificateRecord {
  requireOwnId(certificate, party.partyId, '/certificate');
  return changeCertificate(knownCertificate(certificate, view), status, { at, by: party.partyId, reason });
}

/** The key of the lot that a certificate speaks of; none where there is no such certificate. */
export function lotOfCertificate(certificate: string, view: WorldView): readonly StateKey[] {
  const record = view.get(keys.certificate(certificate));
  return record === undefined ? [] : [keys.lot(record.lot)];
}
