import { testUcr } from '@passage/domain/testing';
import { importer } from './people.js';
import { refused, type Story } from './story.js';

const ucr = testUcr;
const kid = 'A'.repeat(43);
const id = 'SELLER1:NONE';
const proposal = { proposedBy: 'PortMSP', proposal: 'p' };
const dispute = { ucr, disputant: 'BROKER1', dispute: 'd' };

/** Every query that can miss, on a ledger that knows the cast and nothing else. */
export const unknownStories: readonly Story[] = [
  {
    about: 'what nobody has written',
    before: [],
    refused: [
      refused('PARAMETERS_UNKNOWN', importer, 'GetParameters', { version: 1 }),
      refused('PROPOSAL_UNKNOWN', importer, 'GetProposal', proposal),
      refused('APPROVAL_UNKNOWN', importer, 'GetApproval', { ...proposal, by: 'PortMSP' }),
      refused('PARTY_UNKNOWN', importer, 'GetParty', { partyId: 'NOBODY' }),
      refused('DEVICE_UNKNOWN', importer, 'GetDevice', { kid }),
      refused('SHIPMENT_UNKNOWN', importer, 'GetShipment', { ucr }),
      refused('SHIPMENT_UNKNOWN', importer, 'GetCustoms', { ucr }),
      refused('SHIPMENT_UNKNOWN', importer, 'GetCustody', { ucr }),
      refused('HOLD_UNKNOWN', importer, 'GetHold', { ucr, hold: 1 }),
      refused('STATEMENT_UNKNOWN', importer, 'GetStatement', { kid, seq: 1 }),
      refused('EQUIVOCATION_UNKNOWN', importer, 'GetEquivocation', { kid, seq: 1 }),
      refused('AEO_UNKNOWN', importer, 'GetAeo', { partyId: 'SELLER1' }),
      refused('MANDATE_UNKNOWN', importer, 'GetMandate', {
        mandator: 'IMPORTER1',
        mandatary: 'BROKER1',
        mandate: 'm',
      }),
      refused('NAMING_UNKNOWN', importer, 'GetNaming', { ucr, partyId: 'SELLER1' }),
      refused('DOCUMENT_UNKNOWN', importer, 'GetDocument', { document: id }),
      refused('ANCHOR_UNKNOWN', importer, 'GetAnchor', { document: id, version: 1 }),
      refused('LOT_UNKNOWN', importer, 'GetLot', { lot: id }),
      refused('TRANSFORMATION_UNKNOWN', importer, 'GetTransformation', { transformation: id }),
      refused('CERTIFICATE_UNKNOWN', importer, 'GetCertificate', { certificate: id }),
      refused('DRAWDOWN_UNKNOWN', importer, 'GetDrawdown', { lot: id, number: 1 }),
      refused('OPENING_UNKNOWN', importer, 'GetOpening', { commitment: kid }),
      refused('DECLARATION_UNKNOWN', importer, 'GetDeclaration', { declaration: id }),
      refused('ACCEPTANCE_UNKNOWN', importer, 'GetAcceptance', { declaration: id }),
      refused('RISK_UNKNOWN', importer, 'GetRisk', { ucr }),
      refused('DISPUTE_UNKNOWN', importer, 'GetDispute', dispute),
      refused('RULING_UNKNOWN', importer, 'GetRuling', dispute),
      refused('INSPECTION_UNKNOWN', importer, 'GetInspection', { ucr, inspection: 1 }),
      refused('ACKNOWLEDGEMENT_UNKNOWN', importer, 'GetAcknowledgement', { ucr, inspection: 1 }),
      refused('MASTER_UNKNOWN', importer, 'GetMaster', { master: id }),
      refused('CONSOLIDATION_UNKNOWN', importer, 'GetConsolidation', { ucr }),
    ],
  },
];
