import fc from 'fast-check';
import { Model } from './model.js';
import { containers, step, ucrs, type AnyStepKind } from './step.js';

const ucr = fc.constantFrom(...ucrs);
const basis = { legalBasis: 'art. 188' };

const hold = step({
  choice: fc.record({ ucr, container: fc.option(fc.constantFrom(...containers), { nil: undefined }) }),
  take({ shipments }, by, { ucr, container }) {
    const shipment = shipments.get(ucr);
    if (by !== 'OFFICER1' || shipment === undefined || shipment.holds.length === 10) return false;
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
  choice: fc.record({ ucr, number: fc.integer({ min: 1, max: 3 }) }),
  take({ shipments }, by, { ucr, number }) {
    const shipment = shipments.get(ucr);
    if (by !== 'OFFICER1' || shipment === undefined || shipment.custodian === by) return false;
    const rest = shipment.holds.filter((held) => held.number !== number);
    if (rest.length === shipment.holds.length) return false;
    shipment.holds = rest;
    return true;
  },
  transaction: (_, { ucr, number }) => ({
    name: 'ReleaseHold',
    input: { ucr, ...basis, hold: number, response: '9' },
  }),
});

const release = step({
  choice: fc.record({ ucr }),
  take(model, by, { ucr }) {
    const shipment = model.shipments.get(ucr);
    const isParty = shipment?.custodian === by || Model.named.includes(by);
    if (by !== 'OFFICER1' || shipment === undefined || isParty) return false;
    if (model.isHeld(ucr) || shipment.released) return false;
    shipment.released = true;
    return true;
  },
  transaction: (_, { ucr }) => ({ name: 'ReleaseGoods', input: { ucr, ...basis } }),
});

/** What customs decides. */
export const customsSteps: readonly AnyStepKind[] = [hold, lift, release];
