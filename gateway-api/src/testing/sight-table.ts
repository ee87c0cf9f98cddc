import type { Caller } from '../auth/caller.js';

const who = (org: string, party?: string, role?: string): Caller => ({
  subject: 't',
  org,
  admin: false,
  ...(party !== undefined && { party }),
  ...(role !== undefined && { role }),
});

/** Everyone who may ask: organisations themselves, and parties. */
export const kinds = {
  auditor: who('auditor'),
  customs: who('customs'),
  officer: who('customs', 'OFFICER1', 'customs_officer'),
  agency: who('customs', 'AGENCY1', 'permit_agency'),
  port: who('port'),
  terminal: who('port', 'TERMINAL1', 'terminal_operator'),
  importer: who('business', 'IMPORTER1', 'importer'),
  seller: who('business', 'SELLER1', 'exporter'),
  broker: who('business', 'BROKER1', 'broker'),
  carrier: who('business', 'CARRIER1', 'carrier'),
  certifier: who('business', 'CERTIFIER1', 'certifying_body'),
  stranger: who('business', 'STRANGER1', 'importer'),
  business: who('business'),
  impostor: who('port', 'IMPORTER1', 'importer'),
  elsewhere: who('nowhere', 'IMPORTER1', 'importer'),
} as const;

export type Kind = keyof typeof kinds;

/** Of what scenarios tell: everything, a part, or nothing. */
export type Part = 'all' | 'some' | 'none';

type Row = Readonly<Record<Kind, Part>>;

const row = (ofOthers: Part, parts: Partial<Row>): Row =>
  Object.fromEntries((Object.keys(kinds) as Kind[]).map((kind) => [kind, parts[kind] ?? ofOthers])) as Row;

const registry = row('all', {});
const everyParty = { importer: 'all', seller: 'all', broker: 'all', carrier: 'all' } as const;
export const watchers = { auditor: 'all', customs: 'all', officer: 'all' } as const;
const ofConsignments = row('none', { ...watchers, ...everyParty });

/** Who sees how much of what the scenarios tell. A field of `Query` that has no row here fails. */
export const table: Readonly<Record<string, Row>> = {
  parameters: registry,
  parameterHistory: registry,
  parameterProposals: registry,
  parameterProposal: registry,
  party: registry,
  device: registry,
  shipment: { ...ofConsignments, port: 'some', terminal: 'some' },
  custody: { ...ofConsignments, port: 'some', terminal: 'some' },
  trace: { ...ofConsignments, port: 'some', terminal: 'some' },
  declaration: { ...ofConsignments, port: 'some', terminal: 'some' },
  events: { ...ofConsignments, terminal: 'all' },
  traceUpstream: { ...ofConsignments, broker: 'some', carrier: 'some', certifier: 'some' },
  traceDownstream: { ...ofConsignments, certifier: 'some' },
  dispute: ofConsignments,
  document: ofConsignments,
  checkDocument: ofConsignments,
  master: ofConsignments,
  contents: ofConsignments,
  seals: ofConsignments,
  sealContinuity: ofConsignments,
  lot: { ...ofConsignments, broker: 'some', carrier: 'some', certifier: 'all' },
  certificate: { ...ofConsignments, certifier: 'all' },
  holdsInForce: { ...ofConsignments, terminal: 'all' },
  openInspections: { ...ofConsignments, terminal: 'all' },
  inspectionTurnaround: { ...ofConsignments, terminal: 'all' },
  forgeries: row('none', watchers),
};

/** Fields that show a caller what is its own, or the gateway's; the tests of evidence ask for the sight of proofs and statements. */
export const own = [
  'accessRecords',
  'alert',
  'alerts',
  'consistencyProof',
  'evidenceBundle',
  'inclusionProof',
  'ledgerAlerts',
  'ledgerStatus',
  'opening',
  'openingsDue',
  'shipmentStatement',
  'statement',
  'treeHead',
  'webhooks',
];

/** Fields that answer of every unit: what they show of one where there is something to show. */
export const shownOf: Readonly<Record<string, string>> = {
  contents: 'Contents_goods',
  sealContinuity: 'SealContinuity_intervals',
};
