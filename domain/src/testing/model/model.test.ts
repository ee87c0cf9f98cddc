import { expect } from 'chai';
import { inspectionStatus } from '../../inspection/inspection-steps.js';
import { keys } from '../../state/keys.js';
import type { TestWorld } from '../test-world.js';
import { certificateSteps } from './certificate-steps.js';
import { custodySteps, open } from './custody-steps.js';
import { customsSteps } from './customs-steps.js';
import { divisionSteps } from './division-steps.js';
import { follow, taken, type Taken } from './follow.js';
import { inspectionSteps, order, scanned } from './inspection-steps.js';
import { lotSteps, register } from './lot-steps.js';
import { containers, Model, openedQuantity, ucrs } from './model.js';
import { packingSteps } from './packing-steps.js';
import { regimeSteps } from './regime-steps.js';

const [ucr] = ucrs;

/** Without a consignment most steps come to nothing, so that each sequence begins with one. */
const first: readonly Taken<Model>[] = [taken(open, 'IMPORTER1', { ucr, custodian: 'CARRIER1' })];

/** What the ledger has of a consignment, in the words of the model. */
function recorded(world: TestWorld, ucr: string): object | undefined {
  const [custody, customs] = [world.get(keys.custody(ucr)), world.get(keys.customs(ucr))];
  const shipment = world.get(keys.shipment(ucr));
  if (custody === undefined || customs === undefined || shipment === undefined) return undefined;
  return {
    custodian: custody.custodian,
    open: custody.open,
    offers: custody.handovers,
    holds: customs.inForce.map(({ hold }) => hold),
    released: customs.release !== undefined,
    procedure: customs.regime?.procedure,
    finding: customs.finding?.result,
    inspections: Array.from({ length: customs.inspections ?? 0 }, (_, index) => {
      const record = world.get(keys.inspection(ucr, index + 1));
      return record && inspectionStatus(record, world.get(keys.acknowledgement(ucr, index + 1)));
    }),
    packages: containers.map(
      (container) => world.get(keys.containment(`container:${container}`, ucr))?.goods?.packages ?? 0,
    ),
    quantity: shipment.goods.reduce((sum, { quantity = 0 }) => sum + quantity, 0),
    into: custody.ended?.into ?? [],
  };
}

function modelled(model: Model, ucr: string): object | undefined {
  const shipment = model.shipments.get(ucr);
  if (shipment === undefined) return undefined;
  const { custodian, offered, offers, holds, released, procedure, finding, packages, quantity, into } =
    shipment;
  return {
    custodian,
    open: offered?.number,
    offers,
    holds: holds.map(({ number }) => number),
    released,
    procedure,
    finding: finding?.result,
    inspections: shipment.inspections.map(({ status }) => status),
    packages: containers.map((container) => packages.get(container) ?? 0),
    quantity,
    into,
  };
}

/** However often goods are split and merged: what stands adds up to what was opened. */
function expectAllThere(world: TestWorld): void {
  let [openedAll, standing] = [0, 0];
  for (const ucr of ucrs) {
    const shipment = world.get(keys.shipment(ucr));
    if (shipment === undefined) continue;
    if (shipment.parents === undefined) openedAll += openedQuantity;
    if (world.get(keys.custody(ucr))?.ended === undefined) standing += shipment.goods[0]?.quantity ?? 0;
  }
  expect(standing).to.equal(openedAll);
}

/** Nothing is made out of nothing: what was registered is left, was shipped, or was lost in a transformation. */
function expectConserved(world: TestWorld, model: Model): void {
  let left = 0;
  for (const [id, lot] of model.lots) {
    const record = world.get(keys.lot(id));
    expect(record).to.include({ quantity: lot.made, remaining: lot.left, certified: lot.certified });
    const shares = record?.shares ?? [];
    expect(shares.reduce((sum, { remaining }) => sum + remaining, 0)).to.equal(lot.left);
    expect(shares.reduce((sum, { quantity }) => sum + quantity, 0)).to.equal(lot.made);
    left += lot.left;
  }
  for (const [id, { left: remaining, status }] of model.certificates) {
    expect(world.get(keys.certificate(id))).to.include({ remaining, status });
  }
  expect(left + model.shipped + model.wasted).to.equal(model.registered);
}

function check(world: TestWorld, model: Model): void {
  for (const each of ucrs) expect(recorded(world, each)).to.deep.equal(modelled(model, each));
  expectAllThere(world);
}

/** What stories of custody and customs have in common. */
const story = { begin: () => new Model(), prepare: scanned, check };

describe('custody and customs', function () {
  this.timeout(1_800_000);

  // A model that never gets far would show nothing: so many kinds of steps have to be taken at least.
  it('follow a small model through any acts by anybody, step by step', () => {
    const sets = [
      { weight: 8, kinds: custodySteps },
      { weight: 3, kinds: divisionSteps },
      { weight: 3, kinds: customsSteps },
      { weight: 4, kinds: regimeSteps },
      { weight: 2, kinds: inspectionSteps },
      { weight: 3, kinds: packingSteps },
    ];
    expect([...follow({ ...story, sets, first }, 60)]).to.have.length.above(11);
  });

  it('follow it where customs looks at goods, and two officers have to agree', () => {
    const sets = [
      { weight: 1, kinds: custodySteps },
      { weight: 1, kinds: divisionSteps },
      { weight: 4, kinds: customsSteps },
      { weight: 9, kinds: inspectionSteps },
    ];
    const ordered = taken(order, 'OFFICER1', { ucr, kind: 'scan', chosen: true });
    expect([...follow({ ...story, sets, first: [...first, ordered] }, 40)]).to.have.length.above(9);
  });
});

describe('lots and certificates', function () {
  this.timeout(1_800_000);

  it('follow a small model: nothing is used, certified or sent twice', () => {
    const sets = [
      { weight: 5, kinds: lotSteps },
      { weight: 5, kinds: certificateSteps },
      { weight: 1, kinds: customsSteps },
    ];
    const lots = ['A', 'B'].map((name) => taken(register, 'SELLER1', { name, vietnam: 30, china: 30 }));
    const reached = follow(
      { begin: () => new Model(), sets, first: [...first, ...lots], check: expectConserved },
      40,
    );
    expect([...reached]).to.have.length.above(9);
  });
});
