import fc from 'fast-check';
import type { Procedure } from '../../declaration/declaration-record.js';
import { step, anyUcr, type Model } from './model.js';
import { isOfficer, officers, type AnyStepKind, type Member } from './step.js';

const ids = ['BROKER1:1', 'BROKER1:2', 'BROKER1:3'] as const;
const declaration = fc.constantFrom(...ids);
const procedure = fc.constantFrom<Procedure[]>('import', 'transit', 'bonded_warehouse');

/** Where goods may go from each of these procedures, among these. */
const next: Readonly<Record<string, readonly Procedure[]>> = {
  none: ['import', 'transit', 'bonded_warehouse'],
  import: [],
  transit: ['import', 'transit', 'bonded_warehouse'],
  bonded_warehouse: ['import', 'transit', 'bonded_warehouse'],
};

const line = {
  hs: '847130',
  hsEdition: '2017',
  origin: 'CN',
  unit: { uom: 'KGM', decimals: 0 },
  quantity: 1,
  packages: 1,
};

const lodge = step({
  usual: ['BROKER1'],
  choice: fc.record({ declaration, ucr: anyUcr, procedure }),
  take(model, by, { declaration, ucr, procedure }) {
    if (by !== 'BROKER1' || model.declarations.has(declaration) || !model.standing(ucr)) return false;
    model.declarations.set(declaration, { ucr, procedure, accepted: false });
    return true;
  },
  transaction: (_, choice) => ({
    name: 'LodgeDeclaration',
    input: { ...choice, office: 'KRPUS', lines: [line] },
  }),
});

/** Whether an officer may decide on what a declaration is about. */
function mayDecide(model: Model, declaration: string, by: Member): boolean {
  const shipment = model.standing(model.declarations.get(declaration)?.ucr ?? '');
  return isOfficer(by) && shipment !== undefined && shipment.custodian !== by;
}

const accept = step({
  usual: officers,
  choice: fc.record({ declaration }),
  take(model, by, { declaration }) {
    const record = model.declarations.get(declaration);
    if (record === undefined || record.accepted || !mayDecide(model, declaration, by)) return false;
    record.accepted = true;
    return true;
  },
  transaction: (_, choice) => ({ name: 'AcceptDeclaration', input: { ...choice, version: 1 } }),
});

const place = step({
  usual: officers,
  choice: fc.record({ declaration }),
  take(model, by, { declaration }) {
    const record = model.declarations.get(declaration);
    if (record?.accepted !== true || !mayDecide(model, declaration, by)) return false;
    const { ucr, procedure } = record;
    const shipment = model.shipments.get(ucr);
    if (shipment === undefined || model.isHeld(ucr)) return false;
    if (!next[shipment.procedure ?? 'none']?.includes(procedure)) return false;
    Object.assign(shipment, { procedure, released: false, proposedBy: undefined });
    return true;
  },
  transaction: (_, choice) => ({
    name: 'PlaceUnderProcedure',
    input: { ...choice, version: 1, legalBasis: 'art. 201' },
  }),
});

/** Under which procedure the goods are. */
export const regimeSteps: readonly AnyStepKind<Model>[] = [lodge, accept, place];
