import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import {
  certificateChangeInput,
  changedCertificate,
  lotOfCertificate,
  type CertificateChangeInput,
} from './certificate-change.js';
import { partyCommand } from '../define.js';
import { knownLot } from '../../origin/lot/known-lot.js';

/**
 * The body that issued a certificate withdraws it for good. What no shipment has drawn down of it is under no certificate
 * again, so another one may be issued for it.
 */
export const withdrawCertificate = partyCommand<CertificateChangeInput>({
  name: 'WithdrawCertificate',
  roles: ['certifying_body'],
  writes: ['certificate', 'lot'],
  input: certificateChangeInput,
  reads: ({ certificate }) => [keys.certificate(certificate)],
  readsThen: ({ certificate }, _, view) => lotOfCertificate(certificate, view),
  decide(input, actor, view, { timestamp }) {
    const record = changedCertificate(input, 'withdrawn', actor, view, timestamp);
    const lot = knownLot(record.lot, view);
    const { certificate, status, remaining } = record;
    return {
      writes: [
        entry(keys.certificate(certificate), record),
        entry(keys.lot(lot.lot), { ...lot, certified: lot.certified - remaining }),
      ],
      result: { certificate, status },
    };
  },
});
