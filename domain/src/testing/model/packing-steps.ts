import fc from 'fast-check';
import { ucrUri } from '../../identifiers/ucr.js';
import { actEvent } from '../statement-stage.js';
import { containers, step, anyUcr, type Model } from './model.js';
import type { AnyStepKind, Told } from './step.js';

const choice = fc.record({
  ucr: anyUcr,
  container: fc.constantFrom(...containers),
  packages: fc.integer({ min: 1, max: 4 }),
});

function event(
  action: 'ADD' | 'DELETE',
  about: { readonly ucr: string; readonly container: string; readonly packages: number },
): Told {
  const { ucr, container, packages } = about;
  return {
    event: actEvent({
      type: 'AggregationEvent',
      action,
      parentID: `urn:epc:id:bic:${container}`,
      childQuantityList: [{ epcClass: ucrUri(ucr), quantity: packages }],
    }),
  };
}

const pack = step({
  usual: ['CARRIER1', 'TERMINAL1'],
  choice,
  take(model, by, { ucr, container, packages }) {
    const shipment = model.standing(ucr);
    if (shipment?.custodian !== by || model.isKept(ucr, container)) return false;
    shipment.packages.set(container, (shipment.packages.get(container) ?? 0) + packages);
    return true;
  },
  transaction: (_, about) => event('ADD', about),
});

const unpack = step({
  usual: ['CARRIER1', 'TERMINAL1'],
  choice,
  take(model, by, { ucr, container, packages }) {
    const shipment = model.shipments.get(ucr);
    const inside = shipment?.packages.get(container) ?? 0;
    if (shipment?.custodian !== by || model.isKept(ucr, container) || inside < packages) return false;
    shipment.packages.set(container, inside - packages);
    return true;
  },
  transaction: (_, about) => event('DELETE', about),
});

/** What devices of the custodian tell of packing; what was split or merged still comes out. */
export const packingSteps: readonly AnyStepKind<Model>[] = [pack, unpack];
