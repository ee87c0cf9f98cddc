import { utf8 } from '../bytes/bytes.js';
import { containmentRecord } from '../containment/containment-record.js';
import { consolidationRecord } from '../consolidation/consolidation-record.js';
import { masterRecord } from '../consolidation/master-record.js';
import { customsRecord } from '../customs/customs-record.js';
import { holdRecord } from '../customs/hold-record.js';
import { deviceRecord } from '../device/device-record.js';
import { equivocationRecord } from '../equivocation/equivocation-record.js';
import { PassageError } from '../errors/passage-error.js';
import { custodyRecord } from '../handover/custody-record.js';
import { handoverRecord } from '../handover/handover-record.js';
import { pickupRecord } from '../handover/pickup-record.js';
import { witnessRecord } from '../handover/witness-record.js';
import { canonicalJson } from '../json/canonical.js';
import { readJson } from '../json/read-json.js';
import { isJsonObject, type JsonValue } from '../json/value.js';
import { mandateRecord } from '../mandate/mandate-record.js';
import { aeoRecord } from '../party/aeo-record.js';
import { ledgerRecord } from '../party/ledger-record.js';
import { partyRecord } from '../party/party-record.js';
import { documentRecord } from '../document/document-record.js';
import { anchorRecord } from '../document/document-record.js';
import { lotRecord } from '../origin/lot/lot-record.js';
import { transformationRecord } from '../origin/transformation/transformation-record.js';
import { certificateRecord } from '../origin/certificate/certificate-record.js';
import { drawdownRecord } from '../origin/certificate/drawdown-record.js';
import { sealCheckRecord, sealRecord } from '../seal/seal-record.js';
import { declarationRecord } from '../declaration/declaration-record.js';
import { acceptanceRecord } from '../declaration/declaration-record.js';
import { acknowledgementRecord } from '../inspection/acknowledgement-record.js';
import { inspectionRecord } from '../inspection/inspection-record.js';
import { riskRecord } from '../risk/risk-record.js';
import { disputeRecord, rulingRecord } from '../dispute/dispute-record.js';
import { parametersRecord } from '../parameters/parameters-record.js';
import { approvalRecord, proposalRecord } from '../parameters/proposal-record.js';
import { readShape, type Shape } from '../shape/shape.js';
import { namingRecord } from '../shipment/naming-record.js';
import { shipmentRecord } from '../shipment/shipment-record.js';
import { guardRecord } from './guard-record.js';
import type { KeyPolicyChange } from './key-policy.js';
import { parseKey, type StateKey, type StateKind, type StateRecords } from './keys.js';
import { requestRecord } from './request-record.js';
import { statementRecord } from './statement-record.js';

/** The stored form of each kind of record. A new format version of one adds its shape here and reads the old one too. */
const shapes: { readonly [Kind in StateKind]: Shape<StateRecords[Kind]> } = {
  ledger: ledgerRecord,
  parameters: parametersRecord,
  proposal: proposalRecord,
  approval: approvalRecord,
  party: partyRecord,
  aeo: aeoRecord,
  mandate: mandateRecord,
  device: deviceRecord,
  shipment: shipmentRecord,
  naming: namingRecord,
  customs: customsRecord,
  hold: holdRecord,
  guard: guardRecord,
  custody: custodyRecord,
  handover: handoverRecord,
  witness: witnessRecord,
  pickup: pickupRecord,
  containment: containmentRecord,
  master: masterRecord,
  consolidation: consolidationRecord,
  seal: sealRecord,
  sealcheck: sealCheckRecord,
  statement: statementRecord,
  equivocation: equivocationRecord,
  document: documentRecord,
  anchor: anchorRecord,
  lot: lotRecord,
  transformation: transformationRecord,
  certificate: certificateRecord,
  drawdown: drawdownRecord,
  declaration: declarationRecord,
  acceptance: acceptanceRecord,
  risk: riskRecord,
  dispute: disputeRecord,
  ruling: rulingRecord,
  inspection: inspectionRecord,
  acknowledgement: acknowledgementRecord,
  request: requestRecord,
};

/** One key of the world state with what is stored, or to be stored, under it, and the policy it gets where that changes. */
export type StateEntry<Kind extends StateKind = StateKind> = {
  [Each in Kind]: {
    readonly key: StateKey<Each>;
    readonly record: StateRecords[Each];
    readonly policy?: KeyPolicyChange;
  };
}[Kind];

/** Pairs a key with its record; the compiler sees to it that they belong together. */
export function entry<Kind extends StateKind>(
  key: StateKey<Kind>,
  record: StateRecords[Kind],
  change: { readonly policy?: KeyPolicyChange } = {},
): StateEntry {
  return { key, record, ...change } as unknown as StateEntry;
}

/** The bytes that are stored: canonical JSON in UTF-8, so that every endorser stores the same. */
export function encodeRecord(record: StateRecords[StateKind]): Uint8Array {
  return utf8(canonicalJson(record));
}

/**
 * Reads what is stored under a key of ours.
 *
 * @throws NewerFormatError where a newer build has written it; StateFormatError where the key is none of ours, or the bytes are no record of its kind in a format version
 *   that this build reads: on a ledger whose chaincode is intact that is a fault of ours, elsewhere a forgery.
 */
export function decodeRecord<Kind extends StateKind>(
  key: StateKey<Kind>,
  value: Uint8Array,
): StateRecords[Kind] {
  const kind = parseKey(key)?.kind as Kind | undefined;
  if (kind === undefined) throw new StateFormatError(key, 'no record is kept under such a key');
  try {
    const json = readJson(value);
    const version = versionIn(json);
    if (version > newestVersion) throw new NewerFormatError(key, version);
    return readShape<StateRecords[Kind]>('The record', shapes[kind], json);
  } catch (error) {
    if (error instanceof PassageError) throw new StateFormatError(key, error.message);
    throw error;
  }
}

/** The format version that this build writes, of every kind of record; whatever is older, it reads. */
const newestVersion = 1;

/** The version that a record says; 0 where it says none that can be. */
function versionIn(json: JsonValue): number {
  const version = isJsonObject(json) ? json['v'] : undefined;
  return typeof version === 'number' && Number.isSafeInteger(version) ? version : 0;
}

/** A stored value that cannot be read; not a refusal, because nobody who asked did anything wrong. */
export class StateFormatError extends Error {
  constructor(key: string, cause: string) {
    super(`the state under ${key} cannot be read: ${cause}`);
    this.name = 'StateFormatError';
  }
}

/** A stored value of a newer build than this one. */
export class NewerFormatError extends StateFormatError {
  readonly refusal: PassageError;

  constructor(key: string, version: number) {
    const message = `it has format version ${String(version)}, and this build knows ${String(newestVersion)}`;
    super(key, message);
    this.name = 'NewerFormatError';
    const details = { key, version, known: newestVersion };
    this.refusal = new PassageError('STATE_FORMAT_NEWER', this.message, details);
  }
}
