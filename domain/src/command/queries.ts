import type { ErrorCode } from '../errors/codes.js';
import { PassageError } from '../errors/passage-error.js';
import { object } from '../shape/composites.js';
import { mspId, ordinal, partyId, requestId, sha256Base64url } from '../shape/fields.js';
import { ownedId } from '../shape/owned-id.js';
import type { Shape } from '../shape/shape.js';
import { ucr } from '../shipment/fields.js';
import { keys, type StateKey } from '../state/keys.js';
import { readInput } from './define.js';
import { getOpening } from './openings/get-opening.js';
import { disputeRef, type DisputeRef } from './disputes/dispute-of.js';
import type { Operation } from './operation.js';

/** Reading one record by its id, open to whoever may evaluate; the answer is the record as it is stored. */
function query<Input extends object>(
  name: string,
  input: Shape<Input>,
  keyOf: (input: Input) => StateKey,
  unknown: ErrorCode,
): Operation {
  return {
    name,
    by: 'anyone',
    writes: [],
    prepare(argument) {
      const key = keyOf(readInput(name, input, argument));
      return {
        reads: [key],
        decide(view) {
          const record = view.get(key);
          if (record === undefined)
            throw new PassageError(unknown, `Nothing is stored under ${key}`, { key });
          return { writes: [], response: record };
        },
      };
    },
  };
}

type ById<Name extends string> = Readonly<Record<Name, string>>;

/** The transactions that write nothing: each gives one record of the world state. */
export const queries: readonly Operation[] = [
  query('GetLedger', object<object>({}, {}), () => keys.ledger, 'LEDGER_NOT_INITIALISED'),
  query(
    'GetParameters',
    object<{ readonly version: number }>({ version: ordinal }, {}),
    ({ version }) => keys.parameters(version),
    'PARAMETERS_UNKNOWN',
  ),
  query(
    'GetProposal',
    object<ById<'proposedBy' | 'proposal'>>({ proposedBy: mspId, proposal: requestId }, {}),
    ({ proposedBy, proposal }) => keys.proposal(proposedBy, proposal),
    'PROPOSAL_UNKNOWN',
  ),
  query(
    'GetApproval',
    object<ById<'proposedBy' | 'proposal' | 'by'>>({ proposedBy: mspId, proposal: requestId, by: mspId }, {}),
    ({ proposedBy, proposal, by }) => keys.approval(proposedBy, proposal, by),
    'APPROVAL_UNKNOWN',
  ),
  query(
    'GetParty',
    object<ById<'partyId'>>({ partyId }, {}),
    ({ partyId }) => keys.party(partyId),
    'PARTY_UNKNOWN',
  ),
  query(
    'GetDevice',
    object<ById<'kid'>>({ kid: sha256Base64url }, {}),
    ({ kid }) => keys.device(kid),
    'DEVICE_UNKNOWN',
  ),
  query('GetShipment', object<ById<'ucr'>>({ ucr }, {}), ({ ucr }) => keys.shipment(ucr), 'SHIPMENT_UNKNOWN'),
  query('GetCustoms', object<ById<'ucr'>>({ ucr }, {}), ({ ucr }) => keys.customs(ucr), 'SHIPMENT_UNKNOWN'),
  query(
    'GetHold',
    object<{ readonly ucr: string; readonly hold: number }>({ ucr, hold: ordinal }, {}),
    ({ ucr, hold }) => keys.hold(ucr, hold),
    'HOLD_UNKNOWN',
  ),
  query('GetCustody', object<ById<'ucr'>>({ ucr }, {}), ({ ucr }) => keys.custody(ucr), 'SHIPMENT_UNKNOWN'),
  query(
    'GetStatement',
    object<{ readonly kid: string; readonly seq: number }>({ kid: sha256Base64url, seq: ordinal }, {}),
    ({ kid, seq }) => keys.statement(kid, seq),
    'STATEMENT_UNKNOWN',
  ),
  query(
    'GetEquivocation',
    object<{ readonly kid: string; readonly seq: number }>({ kid: sha256Base64url, seq: ordinal }, {}),
    ({ kid, seq }) => keys.equivocation(kid, seq),
    'EQUIVOCATION_UNKNOWN',
  ),
  query(
    'GetAeo',
    object<ById<'partyId'>>({ partyId }, {}),
    ({ partyId }) => keys.aeo(partyId),
    'AEO_UNKNOWN',
  ),
  query(
    'GetMandate',
    object<ById<'mandator' | 'mandatary' | 'mandate'>>(
      { mandator: partyId, mandatary: partyId, mandate: requestId },
      {},
    ),
    ({ mandator, mandatary, mandate }) => keys.mandate(mandator, mandatary, mandate),
    'MANDATE_UNKNOWN',
  ),
  query(
    'GetNaming',
    object<ById<'ucr' | 'partyId'>>({ ucr, partyId }, {}),
    ({ ucr, partyId }) => keys.naming(ucr, partyId),
    'NAMING_UNKNOWN',
  ),
  query(
    'GetDocument',
    object<ById<'document'>>({ document: ownedId }, {}),
    ({ document }) => keys.document(document),
    'DOCUMENT_UNKNOWN',
  ),
  query(
    'GetAnchor',
    object<{ readonly document: string; readonly version: number }>(
      { document: ownedId, version: ordinal },
      {},
    ),
    ({ document, version }) => keys.anchor(document, version),
    'ANCHOR_UNKNOWN',
  ),
  query('GetLot', object<ById<'lot'>>({ lot: ownedId }, {}), ({ lot }) => keys.lot(lot), 'LOT_UNKNOWN'),
  query(
    'GetTransformation',
    object<ById<'transformation'>>({ transformation: ownedId }, {}),
    ({ transformation }) => keys.transformation(transformation),
    'TRANSFORMATION_UNKNOWN',
  ),
  query(
    'GetCertificate',
    object<ById<'certificate'>>({ certificate: ownedId }, {}),
    ({ certificate }) => keys.certificate(certificate),
    'CERTIFICATE_UNKNOWN',
  ),
  query(
    'GetDrawdown',
    object<{ readonly lot: string; readonly number: number }>({ lot: ownedId, number: ordinal }, {}),
    ({ lot, number }) => keys.drawdown(lot, number),
    'DRAWDOWN_UNKNOWN',
  ),
  getOpening,
  query(
    'GetDeclaration',
    object<ById<'declaration'>>({ declaration: ownedId }, {}),
    ({ declaration }) => keys.declaration(declaration),
    'DECLARATION_UNKNOWN',
  ),
  query(
    'GetAcceptance',
    object<ById<'declaration'>>({ declaration: ownedId }, {}),
    ({ declaration }) => keys.acceptance(declaration),
    'ACCEPTANCE_UNKNOWN',
  ),
  query(
    'GetRisk',
    object<{ readonly ucr: string; readonly declaration?: string }>({ ucr }, { declaration: ownedId }),
    ({ ucr, declaration }) => keys.risk(ucr, declaration),
    'RISK_UNKNOWN',
  ),
  query(
    'GetDispute',
    object<DisputeRef>(disputeRef, {}),
    ({ ucr, disputant, dispute }) => keys.dispute(ucr, disputant, dispute),
    'DISPUTE_UNKNOWN',
  ),
  query(
    'GetRuling',
    object<DisputeRef>(disputeRef, {}),
    ({ ucr, disputant, dispute }) => keys.ruling(ucr, disputant, dispute),
    'RULING_UNKNOWN',
  ),
  query(
    'GetInspection',
    object<{ readonly ucr: string; readonly inspection: number }>({ ucr, inspection: ordinal }, {}),
    ({ ucr, inspection }) => keys.inspection(ucr, inspection),
    'INSPECTION_UNKNOWN',
  ),
  query(
    'GetAcknowledgement',
    object<{ readonly ucr: string; readonly inspection: number }>({ ucr, inspection: ordinal }, {}),
    ({ ucr, inspection }) => keys.acknowledgement(ucr, inspection),
    'ACKNOWLEDGEMENT_UNKNOWN',
  ),
  query(
    'GetMaster',
    object<ById<'master'>>({ master: ownedId }, {}),
    ({ master }) => keys.master(master),
    'MASTER_UNKNOWN',
  ),
  query(
    'GetConsolidation',
    object<ById<'ucr'>>({ ucr }, {}),
    ({ ucr }) => keys.consolidation(ucr),
    'CONSOLIDATION_UNKNOWN',
  ),
];
