/** Where a row comes from: the transaction's block, its place there, and its id. */
export interface Origin {
  block: number;
  position: number;
  transaction_id: string;
}

/** A verified block. */
export interface BlockTable {
  number: number;
  header_hash: string;
  previous_hash: string;
  data_hash: string;
  transactions: number;
  /** JSON array: what was checked of the block. */
  checks: string;
  /** The highest timestamp of a valid transaction up to here; null before the first. */
  ledger_time: string | null;
}

/** Every transaction of every block, the invalid ones too. */
export interface TransactionTable extends Origin {
  /** peer.TxValidationCode as derived here. */
  code: number;
  /** ISO 8601 UTC with milliseconds; null where the envelope cannot be read. */
  timestamp: string | null;
  msp_id: string | null;
  party: string | null;
  role: string | null;
  key_held_by: string | null;
  /** Name of the chaincode's transaction, where it is a call of ours. */
  command: string | null;
  /** The party that the creator says it acts for, by mandate. */
  on_behalf_of: string | null;
}

export interface PartyTable extends Origin {
  party_id: string;
  msp_id: string;
  name: string;
  /** JSON array. */
  roles: string;
  registered_at: string;
  gln: string | null;
  /** JSON: {country, number}. */
  registration: string | null;
  updated_at: string | null;
}

/** A party's standing as a trusted trader, as customs decided last. */
export interface AeoTable extends Origin {
  party_id: string;
  status: string;
  decided_by: string;
  decided_at: string;
  reason: string;
}

/** That one party may act for another. */
export interface MandateTable extends Origin {
  mandator: string;
  mandatary: string;
  mandate: string;
  /** JSON array: names of commands. */
  scope: string;
  ucr_prefix: string | null;
  until: string;
  granted_at: string;
  withdrawn_at: string | null;
}

/** A party that was named in a shipment after its opening. */
export interface NamingTable extends Origin {
  ucr: string;
  party_id: string;
  role: string;
  named_by: string;
  named_at: string;
}

export interface DeviceTable extends Origin {
  kid: string;
  /** JSON Web Key. */
  jwk: string;
  owner: string;
  msp_id: string;
  kind: string;
  place: string | null;
  status: string;
  registered_at: string;
  revoked_at: string | null;
  reason: string | null;
  calibrated_until: string | null;
  /** JSON, as the domain's DeviceRecord has it; so are the next four. */
  suspension: string | null;
  epoch: string | null;
  predecessor: string | null;
  successor: string | null;
  compromise: string | null;
}

/** A proof that a key has signed two statements under one number. */
export interface EquivocationTable extends Origin {
  kid: string;
  seq: number;
  /** JSON array: the two statements as they were signed, from the transaction's argument. */
  statements: string;
  filed_by: string;
  filed_at: string;
}

export interface ShipmentTable extends Origin {
  ucr: string;
  opener: string;
  /** JSON array of {hs, hsEdition}. */
  goods: string;
  origin: string;
  departure: string;
  transport_mode: string;
  importer: string;
  declarant: string | null;
  seller: string | null;
  opened_at: string;
  /** MSP id of the competent customs. */
  customs: string | null;
}

export interface CustodyTable extends Origin {
  ucr: string;
  custodian: string;
  since: string;
  handovers: number;
  open: number | null;
}

export interface HandoverTable extends Origin {
  ucr: string;
  number: number;
  from_party: string;
  to_party: string;
  place: string;
  status: string;
  offered_at: string;
  closed_at: string | null;
  reason: string | null;
  expires_at: string | null;
  /** JSON, as the domain's HandoverRecord has it; so is the next. */
  stated: string | null;
  differences: string | null;
  release: string | null;
}

/** A statement that was attached to a handover. */
export interface WitnessTable extends Origin {
  ucr: string;
  handover: number;
  kid: string;
  seq: number;
  statement_id: string;
  attached_by: string;
  attached_at: string;
}

/** A release of goods to a carrier. */
export interface PickupTable extends Origin {
  ucr: string;
  release: string;
  from_party: string;
  carrier: string;
  plate_commitment: string;
  place: string;
  status: string;
  released_at: string;
  expires_at: string;
  handover: number | null;
  closed_at: string | null;
  reason: string | null;
}

/** One version of what a unit has to do with a consignment: every change is a row, so that any moment can be looked up. */
export interface ContainmentTable extends Origin {
  unit: string;
  ucr: string;
  /** 1 while goods of the consignment lie in the unit itself. */
  goods: number;
  /** How many packages, where they were counted. */
  packages: number | null;
  /** 1 once a unit with goods of the consignment was put inside. */
  carries: number;
  /** The unit that carries this one. */
  within: string | null;
  at: string;
  by: string;
}

/** A seal or tracker on a unit, as it stands. Every version stands in `history`. */
export interface SealTable extends Origin {
  unit: string;
  seal: string;
  kind: string;
  status: string;
  source: string | null;
  type: string | null;
  /** JSON, as the domain's SealStep; so are the next two. */
  fitted: string;
  opened: string | null;
  removed: string | null;
  replaces: string | null;
  replaced_by: string | null;
}

/** That somebody looked at a seal. */
export interface SealCheckTable extends Origin {
  unit: string;
  seal: string;
  party_id: string;
  check_id: string;
  finding: string;
  /** JSON, as the domain's SealStep. */
  step: string;
}

export interface StatementTable extends Origin {
  statement_id: string;
  kid: string;
  seq: number;
  /** Place in its batch. */
  item: number;
  /** The signed bytes. */
  jws: string;
  /** 1 when this gateway checked the signature with the registered key; 0 when it does not hold. */
  signature_holds: number;
  /** 1 when the owner filed it after the key was revoked. */
  late: number;
}

export type EventKind =
  | 'shipment_opened'
  | 'observation'
  | 'handover_offered'
  | 'handover_accepted'
  | 'handover_rejected'
  | 'handover_withdrawn'
  | 'customs_decision';

/** A shipment's timeline: ordered by (block, position, item). */
export interface EventTable extends Origin {
  ucr: string;
  item: number;
  kind: EventKind;
  recorded_at: string;
  /** Place as the event names it. */
  place: string | null;
  /** Of an observation. */
  statement_id: string | null;
  kid: string | null;
  /** Of a handover's step. */
  handover: number | null;
  /** Custodian at the opening. */
  custodian: string | null;
  /** Of a decision: what it was, and the hold it is about. */
  decision: string | null;
  hold: number | null;
}

/** Where a shipment stands with customs. */
export interface CustomsTable extends Origin {
  ucr: string;
  customs: string;
  status: string;
  /** JSON, as the domain's records have it; so are the columns named alike below. */
  latest: string | null;
  release: string | null;
  proposed: string | null;
}

export interface HoldTable extends Origin {
  ucr: string;
  number: number;
  kind: string;
  /** JSON array, or null. */
  units: string | null;
  carried_by: string | null;
  permit: string | null;
  placed: string;
  /** JSON array. */
  partial: string;
  proposed: string | null;
  lifted: string | null;
}

/** A key that only looks like customs' word: somebody wrote it without customs' endorsement. No answer rests on it. */
export interface ForgeryTable extends Origin {
  key: string;
  /** JSON array of MSP ids. */
  endorsers: string;
}

/** A document and its newest version. */
export interface DocumentTable extends Origin {
  document: string;
  anchored_by: string;
  type: string;
  issuer: string;
  number: string;
  ucr: string | null;
  version: number;
  sha256: string;
  anchored_at: string;
  withdrawn_at: string | null;
  reason: string | null;
}

/** One version of a document. */
export interface AnchorTable extends Origin {
  document: string;
  version: number;
  sha256: string;
  anchored_at: string;
}

/** Every record that was ever written, as it then was: what stood under a key at any block. No statements, no requests. */
export interface HistoryTable extends Origin {
  key: string;
  /** The record, JSON. */
  value: string;
}

/** A lot; `record` is the domain's LotRecord as JSON, and so for the next three. */
export interface LotTable extends Origin {
  lot: string;
  holder: string;
  record: string;
}

export interface TransformationTable extends Origin {
  transformation: string;
  record: string;
}

/** A certificate of origin. */
export interface CertificateTable extends Origin {
  certificate: string;
  lot: string;
  status: string;
  record: string;
}

/** Goods of a lot that went with a consignment. */
export interface DrawdownTable extends Origin {
  lot: string;
  number: number;
  ucr: string;
  certificate: string | null;
  record: string;
}

/** What was declared; `record` is the domain's DeclarationRecord as JSON. */
export interface DeclarationTable extends Origin {
  declaration: string;
  ucr: string;
  record: string;
}

/** That customs has accepted a version of a declaration; `record` is the domain's AcceptanceRecord as JSON. */
export interface AcceptanceTable extends Origin {
  declaration: string;
  record: string;
}

/** Commands carried out, by who asked and under which id. */
export interface RequestTable extends Origin {
  who: string;
  request_id: string;
  command: string;
}

/** The world state with Fabric's versions: what the next block is judged by. */
export interface StateTable {
  namespace: string;
  /** UTF-8, so that SQLite orders keys as Fabric does. */
  key: Uint8Array;
  value: Uint8Array;
  block: number;
  tx: number;
  metadata: Uint8Array | null;
}

/** One row: where the next block joins on. */
export interface HeadTable {
  id: 1;
  number: number;
  header_hash: string;
  /** What `@passage/ledger` carries from block to block, serialized by `head-codec.ts`. */
  head: Uint8Array;
}

export interface IndexDatabase {
  block: BlockTable;
  transaction: TransactionTable;
  party: PartyTable;
  aeo: AeoTable;
  mandate: MandateTable;
  device: DeviceTable;
  shipment: ShipmentTable;
  naming: NamingTable;
  customs: CustomsTable;
  hold: HoldTable;
  forgery: ForgeryTable;
  custody: CustodyTable;
  handover: HandoverTable;
  witness: WitnessTable;
  pickup: PickupTable;
  containment: ContainmentTable;
  seal: SealTable;
  sealcheck: SealCheckTable;
  statement: StatementTable;
  event: EventTable;
  equivocation: EquivocationTable;
  document: DocumentTable;
  anchor: AnchorTable;
  history: HistoryTable;
  lot: LotTable;
  transformation: TransformationTable;
  certificate: CertificateTable;
  drawdown: DrawdownTable;
  declaration: DeclarationTable;
  acceptance: AcceptanceTable;
  request: RequestTable;
  state: StateTable;
  head: HeadTable;
}
