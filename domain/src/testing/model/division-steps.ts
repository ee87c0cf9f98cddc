import fc from 'fast-check';
import { Model, openedQuantity, parts, step, anyUcr, whole, type ModelShipment } from './model.js';
import type { AnyStepKind, Member } from './step.js';

const quantity = fc.integer({ min: 1, max: 5 });

/** What of a consignment goes over to those that it becomes. */
function inherited(from: ModelShipment, quantity: number): ModelShipment {
  const { custodian, released, procedure, finding } = from;
  const kept = finding && { ...finding, inspection: undefined };
  return { ...Model.fresh(custodian, quantity), released, procedure, finding: kept };
}

/** Whether a consignment may go on in others: its opener asks, who is the trader of all, and nothing stands against it. */
function isDivisible(model: Model, ucr: string, by: Member): boolean {
  const shipment = model.standing(ucr);
  if (by !== 'IMPORTER1' || shipment === undefined || shipment.offered || model.isHeld(ucr)) return false;
  const { inspections } = shipment;
  return inspections.every(
    ({ status }, index) => status === 'disposed' || (status === 'refused' && index < inspections.length - 1),
  );
}

const split = step({
  usual: ['IMPORTER1'],
  choice: fc.record({ ucr: anyUcr, one: quantity, more: fc.constantFrom(0, 0, 0, 0, 1, -1) }),
  take(model, by, { ucr, one, more }) {
    const other = Math.max(1, openedQuantity - one + more);
    const shipment = model.shipments.get(ucr);
    if (shipment === undefined || !isDivisible(model, ucr, by)) return false;
    if (one + other !== shipment.quantity || parts.some((part) => model.shipments.has(part))) return false;
    shipment.into = parts;
    for (const [index, part] of parts.entries()) {
      model.shipments.set(part, inherited(shipment, index === 0 ? one : other));
    }
    return true;
  },
  transaction: (_, { ucr, one, more }) => {
    const other = Math.max(1, openedQuantity - one + more);
    const into = [one, other].map((quantity, index) => ({
      ucr: parts[index] ?? '',
      lines: [{ line: 0, quantity }],
    }));
    return { name: 'SplitShipment', input: { ucr, into } };
  },
});

const merge = step({
  usual: ['IMPORTER1'],
  choice: fc.record({ one: anyUcr, other: anyUcr }),
  take(model, by, { one, other }) {
    const [first, second] = [model.shipments.get(one), model.shipments.get(other)];
    if (first === undefined || second === undefined || one === other) return false;
    if (![one, other].every((ucr) => isDivisible(model, ucr, by)) || model.shipments.has(whole)) return false;
    const alike = (['custodian', 'released', 'procedure'] as const).every(
      (name) => first[name] === second[name],
    );
    if (!alike) return false;
    const findings = [first.finding, second.finding].filter((finding) => finding !== undefined);
    const worst = findings.find(({ result }) => result === 'non_conforming') ?? findings[0];
    const quantity = first.quantity + second.quantity;
    model.shipments.set(whole, inherited({ ...first, finding: worst }, quantity));
    for (const each of [first, second]) each.into = [whole];
    return true;
  },
  transaction: (_, { one, other }) => ({ name: 'MergeShipments', input: { from: [one, other], ucr: whole } }),
});

/** How consignments go on in others. */
export const divisionSteps: readonly AnyStepKind<Model>[] = [split, merge];
