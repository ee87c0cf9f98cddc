import fc from 'fast-check';
import { shipmentInput } from '../cast.js';
import { members, step, ucrs, type AnyStepKind } from './step.js';

const ucr = fc.constantFrom(...ucrs);
const number = fc.integer({ min: 1, max: 3 });

const open = step({
  choice: fc.record({ ucr, custodian: fc.constantFrom(...members) }),
  take({ shipments }, by, { ucr, custodian }) {
    if (by !== 'IMPORTER1' || shipments.has(ucr)) return false;
    shipments.set(ucr, {
      custodian,
      offered: undefined,
      offers: 0,
      holds: [],
      placed: 0,
      released: false,
      packages: new Map(),
    });
    return true;
  },
  transaction: (_, choice) => ({ name: 'OpenShipment', input: shipmentInput(choice) }),
});

const offer = step({
  choice: fc.record({ ucr, to: fc.constantFrom(...members) }),
  take({ shipments }, by, { ucr, to }) {
    const shipment = shipments.get(ucr);
    if (shipment?.custodian !== by || shipment.offered !== undefined || to === by) return false;
    shipment.offers += 1;
    shipment.offered = { to, number: shipment.offers };
    return true;
  },
  transaction: (_, choice) => ({ name: 'OfferHandover', input: { ...choice, place: 'KRPUS' } }),
});

const accept = step({
  choice: fc.record({ ucr, number }),
  take(model, by, { ucr, number }) {
    const shipment = model.shipments.get(ucr);
    if (shipment?.offered?.number !== number || shipment.offered.to !== by || model.isHeld(ucr)) return false;
    shipment.custodian = by;
    shipment.offered = undefined;
    return true;
  },
  transaction: (_, { ucr, number }) => ({ name: 'AcceptHandover', input: { ucr, handover: number } }),
});

const reject = step({
  choice: fc.record({ ucr, number }),
  take({ shipments }, by, { ucr, number }) {
    const shipment = shipments.get(ucr);
    if (shipment?.offered?.number !== number || shipment.offered.to !== by) return false;
    shipment.offered = undefined;
    return true;
  },
  transaction: (_, { ucr, number }) => ({
    name: 'RejectHandover',
    input: { ucr, handover: number, reason: 'no' },
  }),
});

/** Who has the goods. */
export const custodySteps: readonly AnyStepKind[] = [open, offer, accept, reject];
