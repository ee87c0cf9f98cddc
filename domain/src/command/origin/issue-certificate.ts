import { PassageError } from '../../errors/passage-error.js';
import {
  certificateFacts,
  certificateOptions,
  type CertificateFacts,
} from '../../origin/certificate/certificate-record.js';
import { issueCertificate as issue } from '../../origin/certificate/issue.js';
import { object } from '../../shape/composites.js';
import { requestId } from '../../shape/fields.js';
import { requireOwnId } from '../../shape/owned-id.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { parametersOf } from '../../parameters/in-force.js';
import { partyCommand } from '../define.js';
import { knownLot } from '../../origin/lot/known-lot.js';

type IssueCertificateInput = CertificateFacts & { readonly requestId: string };

/** A certifying body says what the legal origin of a quantity of a lot is, and by which rule. */
export const issueCertificate = partyCommand<IssueCertificateInput>({
  name: 'IssueCertificate',
  roles: ['certifying_body'],
  writes: ['certificate', 'lot'],
  input: object<IssueCertificateInput>({ requestId, ...certificateFacts }, certificateOptions),
  reads: ({ certificate, lot, document }) => [
    keys.certificate(certificate),
    keys.lot(lot),
    ...(document === undefined ? [] : [keys.document(document)]),
  ],
  decide(input, { party }, view, { timestamp }) {
    const facts = factsOf(input);
    const { certificate: id, document } = facts;
    requireOwnId(id, party.partyId, '/certificate');
    if (view.get(keys.certificate(id)) !== undefined) {
      throw new PassageError('CERTIFICATE_EXISTS', `${id} was issued already`, { certificate: id });
    }
    if (document !== undefined && view.get(keys.document(document)) === undefined) {
      throw new PassageError('DOCUMENT_UNKNOWN', `No document ${document} was anchored`, { document });
    }
    const { certificate, lot } = issue(facts, knownLot(facts.lot, view), parametersOf(view), timestamp);
    return {
      writes: [entry(keys.certificate(id), certificate), entry(keys.lot(lot.lot), lot)],
      result: { certificate: id },
    };
  },
});

function factsOf(input: IssueCertificateInput): CertificateFacts {
  const { certificate, lot, quantity, finding, validUntil, commitments, document } = input;
  return {
    certificate,
    lot,
    quantity,
    finding,
    validUntil,
    ...(commitments && { commitments }),
    ...(document !== undefined && { document }),
  };
}
