import { drawDown } from '../../origin/certificate/draw-down.js';
import { quantity } from '../../origin/unit.js';
import { object } from '../../shape/composites.js';
import { requestId } from '../../shape/fields.js';
import { ownedId } from '../../shape/owned-id.js';
import { ucr } from '../../shipment/fields.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { knownCertificate, lotOfCertificate } from './certificate-change.js';
import { partyCommand } from '../define.js';
import { shippedLot, shippingReads, shippingWrites } from './shipped-lot.js';

type DrawDownCertificateInput = {
  readonly requestId: string;
  readonly certificate: string;
  readonly ucr: string;
  readonly quantity: number;
};

/** The holder of a certified lot sends goods of it with a consignment, under the certificate. */
export const drawDownCertificate = partyCommand<DrawDownCertificateInput>({
  name: 'DrawDownCertificate',
  writes: ['certificate', 'lot', 'drawdown'],
  input: object<DrawDownCertificateInput>({ requestId, certificate: ownedId, ucr, quantity }, {}),
  reads: ({ certificate, ucr }, who) => [keys.certificate(certificate), ...shippingReads(ucr, who)],
  readsThen: ({ certificate }, _, view) => lotOfCertificate(certificate, view),
  decide({ certificate, ucr, quantity }, actor, view, { timestamp: at }) {
    const record = knownCertificate(certificate, view);
    const drawn = drawDown(record, { quantity, at });
    const shipped = shippedLot({ lot: record.lot, ucr, quantity, certificate }, actor, view, at);
    return {
      writes: [entry(keys.certificate(certificate), drawn), ...shippingWrites(shipped)],
      result: { lot: record.lot, number: shipped.drawdown.number, certificate, ucr },
    };
  },
});
