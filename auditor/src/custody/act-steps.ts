import { commands } from '@passage/domain';
import type { StateKind } from '@passage/domain';

/** What an act may do to a record of one kind: make one that was not there, or change these of its members. */
export interface Step {
  readonly makes?: true;
  readonly changes?: readonly string[];
}

export type Steps = Readonly<Partial<Record<StateKind, Step>>>;

const makes: Step = { makes: true };
const changes = (...members: readonly string[]): Step => ({ changes: members });
const makesOrChanges = (...members: readonly string[]): Step => ({ makes: true, changes: members });

/** The record stays as it is; its policy may change. */
const keeps: Step = changes();
const guards: Step = makesOrChanges();

const decides = ['latest'] as const;
/** A standing with customs may be younger than its shipment: the first decision makes it. */
const holding = {
  customs: makesOrChanges(...decides, 'holds', 'inForce', 'proposedRelease'),
  guard: guards,
  hold: makes,
  custody: keeps,
  containment: keeps,
};
const dividing = {
  shipment: makes,
  naming: makes,
  customs: makesOrChanges('ended'),
  guard: guards,
  custody: makesOrChanges('ended'),
};
const answering = { custody: changes('open'), handover: changes('status', 'closedAt', 'reason') };
const offering = { lot: changes('offer') };
const shipping = { lot: changes('remaining', 'shares', 'shipped'), drawdown: makes };
const judging = { customs: changes(...decides, 'finding') };

/**
 * What each act changes: a key that is not of these kinds, or a member that is not named, was changed by no rule. An act without
 * a row would go unjudged; a test compares the table with the acts of the chaincode.
 */
export const actSteps: Readonly<Record<string, Steps>> = {
  Init: { ledger: makes, guard: guards },
  RegisterParty: { party: makes },
  UpdateParty: { party: changes('name', 'roles', 'identifiers', 'updatedAt') },
  DecideAeo: { aeo: makesOrChanges('status', 'decidedBy', 'decidedAt', 'reason'), guard: guards },
  GrantMandate: { mandate: makes },
  WithdrawMandate: { mandate: changes('withdrawnAt', 'reason') },
  ProposeParameters: { proposal: makes },
  ApproveParameters: {
    ledger: changes('parameters'),
    guard: guards,
    parameters: makes,
    proposal: changes('status', 'closedAt', 'version'),
    approval: makesOrChanges('word', 'at', 'reason'),
  },
  RejectParameters: { guard: guards, approval: makesOrChanges('word', 'at', 'reason') },
  WithdrawParameters: { proposal: changes('status', 'closedAt') },
  RegisterDevice: { device: makes },
  SuspendDevice: { device: changes('status', 'suspension'), guard: guards },
  ResumeDevice: { device: changes('status', 'suspension') },
  RotateDevice: { device: makesOrChanges('status', 'successor') },
  StartEpoch: { device: changes('epoch') },
  RecordCalibration: { device: changes('calibratedUntil', 'calibration') },
  NameDevices: { device: changes('signsFor') },
  RevokeDevice: { device: changes('status', 'suspension', 'revokedAt', 'reason', 'compromise') },
  ConfirmCompromise: { device: changes('compromise'), guard: guards },
  OpenShipment: { shipment: makes, customs: makes, guard: guards, custody: makes },
  SplitShipment: dividing,
  MergeShipments: dividing,
  NameParty: { naming: makes },
  OpenMaster: { master: makes },
  ConsolidateHouses: { consolidation: makesOrChanges('master', 'status', 'at', 'by') },
  DeconsolidateHouses: { consolidation: changes('status', 'at', 'by') },
  OfferHandover: {
    custody: changes('open', 'handovers'),
    handover: makesOrChanges('status', 'closedAt'),
    witness: makes,
  },
  AcceptHandover: {
    custody: changes('custodian', 'since', 'open'),
    handover: changes('status', 'closedAt', 'differences'),
    witness: makes,
    pickup: changes('status', 'handover', 'closedAt'),
  },
  RejectHandover: answering,
  WithdrawHandover: answering,
  AttachWitness: { witness: makes },
  ReleaseToCarrier: { pickup: makes },
  WithdrawRelease: { pickup: changes('status', 'closedAt', 'reason') },
  PlaceHold: holding,
  DetainGoods: holding,
  ReleaseHold: {
    customs: makesOrChanges(...decides, 'inForce'),
    hold: changes('partial', 'proposed', 'lifted'),
    custody: keeps,
    containment: keeps,
  },
  ReleaseGoods: { customs: makesOrChanges(...decides, 'release', 'proposedRelease'), guard: guards },
  PlaceUnderProcedure: { customs: changes(...decides, 'regime') },
  AssessRisk: {
    risk: makesOrChanges('about', 'rules', 'score', 'contributions', 'number', 'by', 'role', 'at'),
    guard: guards,
  },
  OrderInspection: { customs: makesOrChanges(...decides, 'inspections'), guard: guards, inspection: makes },
  AnswerInspection: { acknowledgement: makes },
  ChooseUnits: { inspection: changes('choice') },
  AnchorImage: { inspection: changes('images') },
  RecordReading: { inspection: changes('readings') },
  JudgeInspection: { ...judging, inspection: changes('verdict') },
  ReviewInspection: { ...judging, inspection: changes('review') },
  DisposeInspection: { customs: changes(...decides), inspection: changes('outcome') },
  FitSeal: { seal: makes },
  CheckSeal: { sealcheck: makes },
  OpenSeal: { seal: changes('status', 'opened') },
  RemoveSeal: { seal: changes('status', 'removed') },
  ReplaceSeal: { seal: makesOrChanges('status', 'removed', 'replacedBy') },
  RecordStatements: {
    statement: makes,
    containment: makesOrChanges('goods', 'carries', 'within', 'at', 'by'),
    seal: makesOrChanges('status', 'opened', 'removed', 'replacedBy'),
    lot: makesOrChanges('remaining', 'shares'),
    transformation: makes,
  },
  FileLateEvidence: { statement: makes },
  FileEquivocation: { equivocation: makes, device: changes('status', 'suspension') },
  AnchorDocument: { document: makes, anchor: makes },
  ReviseDocument: { document: changes('sha256', 'version', 'anchoredAt'), anchor: makes },
  WithdrawDocument: { document: changes('withdrawnAt', 'reason') },
  RegisterLot: { lot: makes },
  OfferLot: offering,
  AcceptLot: { lot: changes('holder', 'offer') },
  RejectLot: offering,
  WithdrawLotOffer: offering,
  TransformLots: { lot: makesOrChanges('remaining', 'shares'), transformation: makes },
  ShipLot: shipping,
  IssueCertificate: { certificate: makes, lot: changes('certified') },
  SuspendCertificate: { certificate: changes('status', 'changed') },
  ResumeCertificate: { certificate: changes('status', 'changed') },
  WithdrawCertificate: { certificate: changes('status', 'changed'), lot: changes('certified') },
  DrawDownCertificate: { ...shipping, certificate: changes('remaining') },
  KeepOpenings: {},
  DiscloseOpening: {},
  PurgeOpening: {},
  LodgeDeclaration: { declaration: makes },
  AmendDeclaration: {
    declaration: changes('procedure', 'office', 'lines', 'commitments', 'version', 'amended'),
  },
  WithdrawDeclaration: { declaration: changes('withdrawn') },
  AcceptDeclaration: { acceptance: makesOrChanges('version', 'by', 'role', 'at'), guard: guards },
  RaiseDispute: { dispute: makes },
  AnswerDispute: { dispute: changes('answer') },
  RuleOnDispute: { ruling: makes, guard: guards },
  WithdrawDispute: { dispute: changes('withdrawn') },
  DeclareError: { statement: makes },
};

const withRequests = new Set(
  commands.filter(({ writes }) => writes.includes('request')).map(({ name }) => name),
);

/** What an act may do to one kind of record; undefined where it leaves that kind alone. */
export function stepOf(act: string, kind: StateKind): Step | undefined {
  if (kind === 'request') return withRequests.has(act) ? makes : undefined;
  return Object.hasOwn(actSteps, act) ? actSteps[act]?.[kind] : undefined;
}
