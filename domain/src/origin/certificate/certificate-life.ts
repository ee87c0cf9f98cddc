import { PassageError } from '../../errors/passage-error.js';
import type { CertificateRecord, CertificateStatus } from './certificate-record.js';

/** From which state each one is reached; what was withdrawn stays withdrawn. */
const before: Readonly<Record<CertificateStatus, readonly CertificateStatus[]>> = {
  valid: ['suspended'],
  suspended: ['valid'],
  withdrawn: ['valid', 'suspended'],
};

/**
 * The certificate after its body has suspended, resumed or withdrawn it. What was drawn down stays drawn down.
 *
 * @throws PassageError CERTIFICATE_STATUS
 */
export function changeCertificate(
  certificate: CertificateRecord,
  status: CertificateStatus,
  changed: NonNullable<CertificateRecord['changed']>,
): CertificateRecord {
  if (!before[status].includes(certificate.status)) {
    const { certificate: id, status: standing } = certificate;
    const message = `${id} is ${standing} and cannot become ${status}`;
    throw new PassageError('CERTIFICATE_STATUS', message, { certificate: id, status: standing });
  }
  return { ...certificate, status, changed };
}
