import fc from 'fast-check';
import type { JsonObject } from '../../json/value.js';
import { lotNames, Model, step, anyUcr } from './model.js';
import { isOfficer, type AnyStepKind, type Member, type StepKind } from './step.js';

const name = fc.constantFrom(...lotNames);
const quantity = fc.integer({ min: 1, max: 40 });
const kind = { hsEdition: '2017', hs: '847130', unit: { uom: 'KGM', decimals: 3 } };
const goods = { hsEdition: kind.hsEdition, hs: kind.hs };

/** The cast's members whose role may make lots known. */
const makers: readonly Member[] = ['SELLER1', 'IMPORTER1'];

type Registration = { readonly name: string; readonly vietnam: number; readonly china: number };

export const register: StepKind<Model, Registration> = {
  usual: makers,
  choice: fc.record({ name, vietnam: quantity, china: quantity }),
  take(model, by, { name, vietnam, china }) {
    if (!makers.includes(by) || model.lots.has(`${by}:${name}`)) return false;
    const made = vietnam + china;
    model.lots.set(`${by}:${name}`, { holder: by, made, left: made, certified: 0 });
    model.registered += made;
    return true;
  },
  transaction: (by, { name, vietnam, china }) => {
    const shares = [
      { origin: 'VN', quantity: vietnam },
      { origin: 'CN', quantity: china },
    ];
    return { name: 'RegisterLot', input: { lot: `${by}:${name}`, ...kind, shares } };
  },
};

const transform = step({
  usual: makers,
  choice: fc.record({ from: name, to: name, consumed: quantity, made: quantity }),
  take(model, by, { from, to, consumed, made }) {
    const lot = model.lots.get(`${by}:${from}`);
    if (lot === undefined || lot.left < consumed || made > consumed || model.lots.has(`${by}:${to}`))
      return false;
    lot.left -= consumed;
    model.lots.set(`${by}:${to}`, { holder: by, made, left: made, certified: 0 });
    model.wasted += consumed - made;
    return true;
  },
  transaction: (by, { from, to, consumed, made }) => {
    const input: JsonObject = {
      transformation: `${by}:${from}-${to}`,
      measure: 'KGM',
      inputs: [{ lot: `${by}:${from}`, quantity: consumed }],
      outputs: [{ lot: `${by}:${to}`, ...goods, unit: kind.unit, quantity: made }],
    };
    return { name: 'TransformLots', input };
  },
});

/** Whether goods of a lot may go with a consignment: the sender has to do with it, and nothing holds it. */
export function maySend(model: Model, ucr: string, by: Member): boolean {
  const shipment = model.standing(ucr);
  if (shipment === undefined || model.isHeld(ucr)) return false;
  return Model.named.includes(by) || shipment.custodian === by || isOfficer(by);
}

const ship = step({
  usual: makers,
  choice: fc.record({ name, ucr: anyUcr, quantity }),
  take(model, by, { name, ucr, quantity }) {
    const lot = model.lots.get(`${by}:${name}`);
    if (lot === undefined || lot.left < quantity || !maySend(model, ucr, by)) return false;
    lot.left -= quantity;
    model.shipped += quantity;
    return true;
  },
  transaction: (by, { name, ucr, quantity }) => ({
    name: 'ShipLot',
    input: { lot: `${by}:${name}`, ucr, quantity },
  }),
});

/** Where goods come from, in quantities. */
export const lotSteps: readonly AnyStepKind<Model>[] = [step(register), transform, ship];
