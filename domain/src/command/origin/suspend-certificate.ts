import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import {
  certificateChangeInput,
  changedCertificate,
  type CertificateChangeInput,
} from './certificate-change.js';
import { partyCommand } from '../define.js';

/** The body that issued a certificate suspends it: nothing is drawn down from it until it is resumed. */
export const suspendCertificate = partyCommand<CertificateChangeInput>({
  name: 'SuspendCertificate',
  roles: ['certifying_body'],
  writes: ['certificate'],
  input: certificateChangeInput,
  reads: ({ certificate }) => [keys.certificate(certificate)],
  decide(input, actor, view, { timestamp }) {
    const record = changedCertificate(input, 'suspended', actor, view, timestamp);
    return {
      writes: [entry(keys.certificate(input.certificate), record)],
      result: { certificate: input.certificate, status: record.status },
    };
  },
});
