import fc from 'fast-check';
import { shipmentInput } from '../cast.js';
import { Model, opened, openedQuantity, step, anyNumber, anyUcr } from './model.js';
import { isOfficer, members, type AnyStepKind, type Member, type StepKind } from './step.js';

const ucr = anyUcr;
const number = anyNumber;

/** The goods that a consignment is opened with. */
const goods = [
  { hs: '847130', hsEdition: '2017', quantity: openedQuantity, unit: { uom: 'KGM', decimals: 0 } },
];

type Opening = { readonly ucr: string; readonly custodian: Member };

export const open: StepKind<Model, Opening> = {
  usual: ['IMPORTER1'],
  choice: fc.record({ ucr: fc.constantFrom(...opened), custodian: fc.constantFrom(...members) }),
  take({ shipments }, by, { ucr, custodian }) {
    if (by !== 'IMPORTER1' || shipments.has(ucr)) return false;
    shipments.set(ucr, Model.fresh(custodian, openedQuantity));
    return true;
  },
  transaction: (_, choice) => ({ name: 'OpenShipment', input: shipmentInput({ ...choice, goods }) }),
};

const offer = step({
  usual: ['CARRIER1', 'TERMINAL1'],
  choice: fc.record({ ucr, to: fc.constantFrom('TERMINAL1', 'TERMINAL1', 'CARRIER1', ...members) }),
  take(model, by, { ucr, to }) {
    const shipment = model.standing(ucr);
    if (shipment?.custodian !== by || shipment.offered !== undefined || to === by) return false;
    shipment.offers += 1;
    shipment.offered = { to, number: shipment.offers };
    return true;
  },
  transaction: (_, choice) => ({ name: 'OfferHandover', input: { ...choice, place: 'KRPUS' } }),
});

/** Who may have goods whose duties are suspended. */
function mayKeep(member: Member): boolean {
  return isOfficer(member) || member === 'CARRIER1' || member === 'TERMINAL1';
}

const accept = step({
  usual: ['TERMINAL1', 'CARRIER1', 'IMPORTER1'],
  choice: fc.record({ ucr, number }),
  take(model, by, { ucr, number }) {
    const shipment = model.shipments.get(ucr);
    if (shipment?.offered?.number !== number || shipment.offered.to !== by || model.isHeld(ucr)) return false;
    const isSuspended = ['transit', 'bonded_warehouse'].includes(shipment.procedure ?? '');
    if (isSuspended && !shipment.released && !mayKeep(by)) return false;
    shipment.custodian = by;
    shipment.offered = undefined;
    return true;
  },
  transaction: (_, { ucr, number }) => ({ name: 'AcceptHandover', input: { ucr, handover: number } }),
});

const reject = step({
  usual: ['TERMINAL1', 'CARRIER1'],
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
export const custodySteps: readonly AnyStepKind<Model>[] = [step(open), offer, accept, reject];
