import fc from 'fast-check';
import {
  inspectionKinds,
  type InspectionKind,
  type InspectionResult,
} from '../../inspection/inspection-record.js';
import type { JsonObject } from '../../json/value.js';
import { testLedger } from '../cast.js';
import { imageHash, scanEvent } from '../scan-event.js';
import { TestDevice } from '../test-device.js';
import type { TestWorld } from '../test-world.js';
import { step, anyNumber, anyUcr, type Model, type ModelInspection, type ModelShipment } from './model.js';
import { callerOf, isOfficer, officers, type AnyStepKind, type Member, type StepKind } from './step.js';

const unit = 'container:CSQU3054383';
const scanner = new TestDevice(testLedger, new Uint8Array(32).fill(99));
const statement = scanner.statement({ payload: scanEvent() });

/** The terminal's scanner has seen the container. */
export function scanned(world: TestWorld): void {
  const terminal = callerOf('TERMINAL1');
  const kind = 'xray_scanner';
  const proof = scanner.proof({ owner: 'TERMINAL1', kind });
  world.play(terminal, 'RegisterDevice', { requestId: 'scanner', kind, proof });
  world.play(terminal, 'RecordStatements', { statements: [statement] });
}

const about = { ucr: anyUcr, inspection: anyNumber };
const result = fc.constantFrom<InspectionResult[]>('conforming', 'non_conforming');

interface At {
  readonly shipment: ModelShipment;
  readonly inspection: ModelInspection;
}

/** The inspection of a standing consignment, where its status and kind let a step be taken. */
function at(
  model: Model,
  { ucr, inspection }: { readonly ucr: string; readonly inspection: number },
  from: Readonly<Record<string, readonly string[]>>,
): At | undefined {
  const shipment = model.standing(ucr);
  const found = shipment?.inspections[inspection - 1];
  if (shipment === undefined || found === undefined) return undefined;
  const allowed = from[found.kind] ?? from['any'] ?? [];
  return allowed.includes(found.status) ? { shipment, inspection: found } : undefined;
}

/** A finding that did not conform stays, unless the same inspection's later word takes it back. */
function find(shipment: ModelShipment, inspection: number, result: InspectionResult): void {
  const { finding } = shipment;
  if (finding?.result === 'non_conforming' && finding.inspection !== inspection) return;
  shipment.finding = { result, inspection };
}

type Order = { readonly ucr: string; readonly kind: InspectionKind; readonly chosen: boolean };

export const order: StepKind<Model, Order> = {
  usual: officers,
  choice: fc.record({
    ucr: about.ucr,
    kind: fc.constantFrom('scan', ...inspectionKinds),
    chosen: fc.boolean(),
  }),
  take(model, by, { ucr, kind, chosen }) {
    const shipment = model.standing(ucr);
    if (!isOfficer(by) || shipment === undefined) return false;
    const status = chosen ? 'chosen' : 'ordered';
    shipment.inspections.push({ kind, status, isAnswered: false, readings: [] });
    return true;
  },
  transaction: (_, { ucr, kind, chosen }) => {
    const deadline = '2026-02-01T00:00:00.000Z';
    const input: JsonObject = { ucr, kind, to: 'TERMINAL1', deadline, legalBasis: 'art. 188' };
    return { name: 'OrderInspection', input: { ...input, ...(chosen && { units: [unit] }) } };
  },
};

const answer = step({
  usual: ['TERMINAL1'],
  choice: fc.record({ ...about, refuses: fc.boolean() }),
  take(model, by, choice) {
    const found = at(model, choice, { any: ['ordered', 'chosen'] })?.inspection;
    if (by !== 'TERMINAL1' || found === undefined || found.isAnswered) return false;
    found.isAnswered = true;
    if (choice.refuses) found.status = 'refused';
    else if (found.status === 'ordered') found.status = 'acknowledged';
    return true;
  },
  transaction: (_, { ucr, inspection, refuses }) => {
    const said = refuses ? { answer: 'refused', reason: 'no room' } : { answer: 'acknowledged' };
    return { name: 'AnswerInspection', input: { ucr, inspection, ...said } };
  },
});

const choose = step({
  usual: officers,
  choice: fc.record(about),
  take(model, by, choice) {
    const found = at(model, choice, { any: ['ordered', 'acknowledged'] })?.inspection;
    if (!isOfficer(by) || found === undefined) return false;
    found.status = 'chosen';
    return true;
  },
  transaction: (_, choice) => ({ name: 'ChooseUnits', input: { ...choice, units: [unit] } }),
});

const anchor = step({
  usual: ['TERMINAL1'],
  choice: fc.record(about),
  take(model, by, choice) {
    const found = at(model, choice, { scan: ['chosen'] })?.inspection;
    if ((!isOfficer(by) && by !== 'TERMINAL1') || found === undefined) return false;
    found.status = 'imaged';
    return true;
  },
  transaction: (_, choice) => ({ name: 'AnchorImage', input: { ...choice, unit, statement } }),
});

const read = step({
  usual: officers,
  choice: fc.record({ ...about, result }),
  take(model, by, choice) {
    const found = at(model, choice, { scan: ['imaged', 'read'] })?.inspection;
    if (!isOfficer(by) || found === undefined) return false;
    found.status = 'read';
    found.readings.push(choice.result);
    return true;
  },
  transaction: (_, choice) => ({
    name: 'RecordReading',
    input: { ...choice, image: imageHash, model: { id: 'cargo-net', version: '1' } },
  }),
});

/** From where an inspection of each kind is judged. */
const judgeable = {
  documents: ['ordered', 'acknowledged', 'chosen'],
  scan: ['imaged', 'read'],
  physical: ['chosen'],
};

function opinion(
  name: string,
  from: Readonly<Record<string, readonly string[]>>,
  give: (found: At, number: number, result: InspectionResult, by: Member) => boolean,
): AnyStepKind<Model> {
  return step({
    usual: officers,
    choice: fc.record({ ...about, result }),
    take(model, by, choice) {
      const found = at(model, choice, from);
      if (!isOfficer(by) || found === undefined || found.shipment.custodian === by) return false;
      return give(found, choice.inspection, choice.result, by);
    },
    transaction: (_, choice) => ({ name, input: { ...choice, reason: 'density' } }),
  });
}

const judge = opinion('JudgeInspection', judgeable, ({ shipment, inspection }, number, result, by) => {
  const isDisputed = inspection.readings.some((reading) => reading !== result);
  inspection.status = isDisputed ? 'disputed' : 'judged';
  inspection.judgedBy = by;
  find(shipment, number, isDisputed ? 'non_conforming' : result);
  return true;
});

const review = opinion(
  'ReviewInspection',
  { any: ['disputed'] },
  ({ shipment, inspection }, number, result, by) => {
    if (inspection.judgedBy === by) return false;
    inspection.status = 'reviewed';
    find(shipment, number, result);
    return true;
  },
);

const dispose = step({
  usual: officers,
  choice: fc.record(about),
  take(model, by, choice) {
    const found = at(model, choice, { any: ['judged', 'reviewed'] });
    if (!isOfficer(by) || found === undefined || found.shipment.custodian === by) return false;
    found.inspection.status = 'disposed';
    return true;
  },
  transaction: (_, choice) => ({
    name: 'DisposeInspection',
    input: { ...choice, disposition: 'release_recommended' },
  }),
});

/** From the order to look at goods to its outcome. */
export const inspectionSteps: readonly AnyStepKind<Model>[] = [
  step(order),
  answer,
  choose,
  anchor,
  read,
  judge,
  review,
  dispose,
];
