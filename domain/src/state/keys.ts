import type { ContainmentRecord } from '../containment/containment-record.js';
import type { ConsolidationRecord } from '../consolidation/consolidation-record.js';
import type { MasterRecord } from '../consolidation/master-record.js';
import type { CustomsRecord } from '../customs/customs-record.js';
import type { HoldRecord } from '../customs/hold-record.js';
import type { DeviceRecord } from '../device/device-record.js';
import type { EquivocationRecord } from '../equivocation/equivocation-record.js';
import type { CustodyRecord } from '../handover/custody-record.js';
import type { HandoverRecord } from '../handover/handover-record.js';
import type { PickupRecord } from '../handover/pickup-record.js';
import type { WitnessRecord } from '../handover/witness-record.js';
import type { MandateRecord } from '../mandate/mandate-record.js';
import type { AeoRecord } from '../party/aeo-record.js';
import type { LedgerRecord } from '../party/ledger-record.js';
import type { PartyRecord } from '../party/party-record.js';
import type { SealCheckRecord, SealRecord } from '../seal/seal-record.js';
import type { NamingRecord } from '../shipment/naming-record.js';
import type { ShipmentRecord } from '../shipment/shipment-record.js';
import type { DocumentRecord } from '../document/document-record.js';
import type { AnchorRecord } from '../document/document-record.js';
import type { GuardRecord } from './guard-record.js';
import type { DisputeRecord, RulingRecord } from '../dispute/dispute-record.js';
import type { LotRecord } from '../origin/lot/lot-record.js';
import type { TransformationRecord } from '../origin/transformation/transformation-record.js';
import type { CertificateRecord } from '../origin/certificate/certificate-record.js';
import type { DrawdownRecord } from '../origin/certificate/drawdown-record.js';
import type { DeclarationRecord } from '../declaration/declaration-record.js';
import type { AcceptanceRecord } from '../declaration/declaration-record.js';
import type { AcknowledgementRecord } from '../inspection/acknowledgement-record.js';
import type { InspectionRecord } from '../inspection/inspection-record.js';
import type { RiskRecord } from '../risk/risk-record.js';
import type { ParametersRecord } from '../parameters/parameters-record.js';
import type { ApprovalRecord, ProposalRecord } from '../parameters/proposal-record.js';
import type { RequestRecord } from './request-record.js';
import type { StatementRecord } from './statement-record.js';

/** What each kind of key stores. The first segment of a key names its kind. */
export type StateRecords = {
  readonly ledger: LedgerRecord;
  readonly parameters: ParametersRecord;
  readonly proposal: ProposalRecord;
  readonly approval: ApprovalRecord;
  readonly party: PartyRecord;
  readonly aeo: AeoRecord;
  readonly mandate: MandateRecord;
  readonly device: DeviceRecord;
  readonly shipment: ShipmentRecord;
  readonly naming: NamingRecord;
  readonly customs: CustomsRecord;
  readonly hold: HoldRecord;
  readonly guard: GuardRecord;
  readonly custody: CustodyRecord;
  readonly handover: HandoverRecord;
  readonly witness: WitnessRecord;
  readonly pickup: PickupRecord;
  readonly containment: ContainmentRecord;
  readonly master: MasterRecord;
  readonly consolidation: ConsolidationRecord;
  readonly seal: SealRecord;
  readonly sealcheck: SealCheckRecord;
  readonly statement: StatementRecord;
  readonly equivocation: EquivocationRecord;
  readonly document: DocumentRecord;
  readonly anchor: AnchorRecord;
  readonly lot: LotRecord;
  readonly transformation: TransformationRecord;
  readonly certificate: CertificateRecord;
  readonly drawdown: DrawdownRecord;
  readonly declaration: DeclarationRecord;
  readonly acceptance: AcceptanceRecord;
  readonly risk: RiskRecord;
  readonly dispute: DisputeRecord;
  readonly ruling: RulingRecord;
  readonly inspection: InspectionRecord;
  readonly acknowledgement: AcknowledgementRecord;
  readonly request: RequestRecord;
};

export type StateKind = keyof StateRecords;

declare const kindOfKey: unique symbol;

/** A key of the world state that remembers, for the compiler only, what is stored under it. */
export type StateKey<Kind extends StateKind = StateKind> = string & { readonly [kindOfKey]: Kind };

function key<Kind extends StateKind>(kind: Kind, ...ids: readonly (string | number)[]): StateKey<Kind> {
  return [kind, ...ids].join('/') as StateKey<Kind>;
}

/** A builder for every key of the world state. No id contains a slash, so no two keys can meet. */
export const keys = {
  ledger: key('ledger'),
  parameters: (version: number): StateKey<'parameters'> => key('parameters', version),
  proposal: (mspId: string, proposal: string): StateKey<'proposal'> => key('proposal', mspId, proposal),
  /** `by`: the MSP id of the organisation that says its word. */
  approval: (mspId: string, proposal: string, by: string): StateKey<'approval'> =>
    key('approval', mspId, proposal, by),
  party: (partyId: string): StateKey<'party'> => key('party', partyId),
  aeo: (partyId: string): StateKey<'aeo'> => key('aeo', partyId),
  mandate: (mandator: string, mandatary: string, mandate: string): StateKey<'mandate'> =>
    key('mandate', mandator, mandatary, mandate),
  device: (kid: string): StateKey<'device'> => key('device', kid),
  shipment: (ucr: string): StateKey<'shipment'> => key('shipment', ucr),
  naming: (ucr: string, partyId: string): StateKey<'naming'> => key('naming', ucr, partyId),
  /** A shipment's standing with customs. */
  customs: (ucr: string): StateKey<'customs'> => key('customs', ucr),
  hold: (ucr: string, number: number): StateKey<'hold'> => key('hold', ucr, number),
  guard: (mspId: string): StateKey<'guard'> => key('guard', mspId),
  custody: (ucr: string): StateKey<'custody'> => key('custody', ucr),
  handover: (ucr: string, number: number): StateKey<'handover'> => key('handover', ucr, number),
  witness: (ucr: string, handover: number, kid: string, seq: number): StateKey<'witness'> =>
    key('witness', ucr, handover, kid, seq),
  pickup: (ucr: string, release: string): StateKey<'pickup'> => key('pickup', ucr, release),
  /** `unit` as records name it: `container:CSQU3054383`. */
  containment: (unit: string, ucr: string): StateKey<'containment'> => key('containment', unit, ucr),
  master: (master: string): StateKey<'master'> => key('master', master),
  /** `ucr` of the house consignment. */
  consolidation: (ucr: string): StateKey<'consolidation'> => key('consolidation', ucr),
  seal: (unit: string, seal: string): StateKey<'seal'> => key('seal', unit, seal),
  sealcheck: (unit: string, seal: string, partyId: string, check: string): StateKey<'sealcheck'> =>
    key('sealcheck', unit, seal, partyId, check),
  statement: (kid: string, seq: number): StateKey<'statement'> => key('statement', kid, seq),
  equivocation: (kid: string, seq: number): StateKey<'equivocation'> => key('equivocation', kid, seq),
  document: (document: string): StateKey<'document'> => key('document', document),
  anchor: (document: string, version: number): StateKey<'anchor'> => key('anchor', document, version),
  lot: (lot: string): StateKey<'lot'> => key('lot', lot),
  transformation: (id: string): StateKey<'transformation'> => key('transformation', id),
  certificate: (id: string): StateKey<'certificate'> => key('certificate', id),
  drawdown: (lot: string, number: number): StateKey<'drawdown'> => key('drawdown', lot, number),
  declaration: (id: string): StateKey<'declaration'> => key('declaration', id),
  acceptance: (declaration: string): StateKey<'acceptance'> => key('acceptance', declaration),
  /** About one of the consignment's declarations or, without one, about the consignment itself. */
  risk: (ucr: string, declaration = 'shipment'): StateKey<'risk'> => key('risk', ucr, declaration),
  dispute: (ucr: string, disputant: string, dispute: string): StateKey<'dispute'> =>
    key('dispute', ucr, disputant, dispute),
  /** Customs' word on a dispute. */
  ruling: (ucr: string, disputant: string, dispute: string): StateKey<'ruling'> =>
    key('ruling', ucr, disputant, dispute),
  inspection: (ucr: string, number: number): StateKey<'inspection'> => key('inspection', ucr, number),
  acknowledgement: (ucr: string, inspection: number): StateKey<'acknowledgement'> =>
    key('acknowledgement', ucr, inspection),
  /** `who` is a party id, or `admin:<mspId>` where an organisation's admin acts. */
  request: (who: string, requestId: string): StateKey<'request'> => key('request', who, requestId),
} as const;

/** How many ids follow the kind in a key. */
const idCounts: { readonly [Kind in StateKind]: number } = {
  ledger: 0,
  parameters: 1,
  proposal: 2,
  approval: 3,
  party: 1,
  aeo: 1,
  mandate: 3,
  device: 1,
  shipment: 1,
  naming: 2,
  customs: 1,
  hold: 2,
  guard: 1,
  custody: 1,
  handover: 2,
  witness: 4,
  pickup: 2,
  containment: 2,
  master: 1,
  consolidation: 1,
  seal: 2,
  sealcheck: 4,
  statement: 2,
  equivocation: 2,
  document: 1,
  anchor: 2,
  lot: 1,
  transformation: 1,
  certificate: 1,
  drawdown: 2,
  declaration: 1,
  acceptance: 1,
  risk: 2,
  dispute: 3,
  ruling: 3,
  inspection: 2,
  acknowledgement: 2,
  request: 2,
};

/** Every kind of key. */
export const stateKinds = Object.keys(idCounts) as readonly StateKind[];

/** Characters that a key of ours may have: twice what the longest ids make. Databases of gateways have limits of their own. */
const MOST_CHARACTERS = 600;

/** The kind and the ids of a key of ours; undefined for a key that no builder makes. */
export function parseKey(
  text: string,
): { readonly kind: StateKind; readonly ids: readonly string[] } | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const [kind, ...ids] = text.split('/');
  if (kind === undefined || !isStateKind(kind)) return undefined;
  return ids.length === idCounts[kind] && ids.every((id) => id !== '') ? { kind, ids } : undefined;
}

function isStateKind(text: string): text is StateKind {
  return Object.hasOwn(idCounts, text);
}
