import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import {
  certificateChangeInput,
  changedCertificate,
  type CertificateChangeInput,
} from './certificate-change.js';
import { partyCommand } from '../define.js';

/** The body that suspended a certificate of its own lets it hold again. */
export const resumeCertificate = partyCommand<CertificateChangeInput>({
  name: 'ResumeCertificate',
  roles: ['certifying_body'],
  writes: ['certificate'],
  input: certificateChangeInput,
  reads: ({ certificate }) => [keys.certificate(certificate)],
  decide(input, actor, view, { timestamp }) {
    const record = changedCertificate(input, 'valid', actor, view, timestamp);
    return {
      writes: [entry(keys.certificate(input.certificate), record)],
      result: { certificate: input.certificate, status: record.status },
    };
  },
});
