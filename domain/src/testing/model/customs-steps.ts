import fc from 'fast-check';
import { containers, step, anyNumber, anyUcr, type Model, type ModelShipment } from './model.js';
import { isOfficer, officers, type AnyStepKind, type Member } from './step.js';

const ucr = anyUcr;
const basis = { legalBasis: 'art. 188' };

/** The consignment, for an officer who is no party to it. */
function strange(model: Model, ucr: string, by: Member): ModelShipment | undefined {
  const shipment = model.standing(ucr);
  return isOfficer(by) && shipment?.custodian !== by ? shipment : undefined;
}

/** What a release comes to: one officer's word, the first of two, or nothing. */
function seconded(
  { finding }: ModelShipment,
  by: Member,
  proposedBy: Member | undefined,
): 'done' | 'proposed' | 'refused' {
  if (finding?.result !== 'non_conforming') return 'done';
  if (proposedBy === undefined) return 'proposed';
  return proposedBy === by ? 'refused' : 'done';
}

const hold = step({
  usual: officers,
  choice: fc.record({ ucr, container: fc.option(fc.constantFrom(...containers), { nil: undefined }) }),
  take(model, by, { ucr, container }) {
    const shipment = model.standing(ucr);
    if (!isOfficer(by) || shipment === undefined || shipment.holds.length === 10) return false;
    shipment.placed += 1;
    const number = shipment.placed;
    shipment.holds = [...shipment.holds, { number, ...(container !== undefined && { container }) }];
    return true;
  },
  transaction: (_, { ucr, container }) => ({
    name: 'PlaceHold',
    input: { ucr, ...basis, response: '5', ...(container && { units: [`container:${container}`] }) },
  }),
});

const lift = step({
  usual: officers,
  choice: fc.record({ ucr, number: anyNumber }),
  take(model, by, { ucr, number }) {
    const shipment = strange(model, ucr, by);
    const held = shipment?.holds.find((each) => each.number === number);
    if (shipment === undefined || held === undefined) return false;
    const outcome = seconded(shipment, by, held.proposedBy);
    if (outcome === 'refused') return false;
    shipment.holds = shipment.holds.flatMap((each) => {
      if (each !== held) return [each];
      return outcome === 'proposed' ? [{ ...held, proposedBy: by }] : [];
    });
    return true;
  },
  transaction: (_, { ucr, number }) => ({
    name: 'ReleaseHold',
    input: { ucr, ...basis, hold: number, response: '9' },
  }),
});

const release = step({
  usual: officers,
  choice: fc.record({ ucr }),
  take(model, by, { ucr }) {
    const shipment = strange(model, ucr, by);
    if (shipment === undefined || model.isHeld(ucr) || shipment.released) return false;
    const outcome = seconded(shipment, by, shipment.proposedBy);
    if (outcome === 'refused') return false;
    shipment.released = outcome === 'done';
    shipment.proposedBy = outcome === 'proposed' ? by : undefined;
    return true;
  },
  transaction: (_, { ucr }) => ({ name: 'ReleaseGoods', input: { ucr, ...basis } }),
});

/** What customs decides. */
export const customsSteps: readonly AnyStepKind<Model>[] = [hold, lift, release];
