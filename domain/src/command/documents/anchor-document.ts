import { firstVersion } from '../../document/document.js';
import { documentFacts, type DocumentFacts } from '../../document/document-record.js';
import { PassageError } from '../../errors/passage-error.js';
import { object } from '../../shape/composites.js';
import { requestId, sha256Hex } from '../../shape/fields.js';
import { requireOwnId } from '../../shape/owned-id.js';
import { ucr } from '../../shipment/fields.js';
import { keys } from '../../state/keys.js';
import { anchoringOutcome } from './anchored-document.js';
import { partyCommand } from '../define.js';
import { requireShipmentParty, shipmentPartyReads } from '../shipments/shipment-party.js';

type AnchorDocumentInput = DocumentFacts & { readonly requestId: string; readonly sha256: string };

/** A party puts the hash of a document on the ledger, and says what it is. */
export const anchorDocument = partyCommand<AnchorDocumentInput>({
  name: 'AnchorDocument',
  writes: ['document', 'anchor'],
  input: object<AnchorDocumentInput>({ requestId, ...documentFacts, sha256: sha256Hex }, { ucr }),
  reads: ({ document, ucr }, who) => [
    keys.document(document),
    ...(ucr === undefined ? [] : shipmentPartyReads(ucr, who)),
  ],
  decide({ document, type, issuer, number, ucr, sha256 }, actor, view, { timestamp }) {
    requireOwnId(document, actor.party.partyId, '/document');
    if (view.get(keys.document(document)) !== undefined) {
      throw new PassageError('DOCUMENT_EXISTS', `${document} was anchored already`, { document });
    }
    if (ucr !== undefined) requireShipmentParty(ucr, actor, view);
    const facts = { document, type, issuer, number, ...(ucr !== undefined && { ucr }) };
    return anchoringOutcome(firstVersion(facts, sha256, timestamp));
  },
});
