import { expect } from 'chai';
import fc from 'fast-check';
import { PassageError } from '../../errors/passage-error.js';
import { keys } from '../../state/keys.js';
import { partyCaller, testLedger, type CastMember } from '../cast.js';
import { TestDevice } from '../test-device.js';
import { TestWorld } from '../test-world.js';
import { custodySteps } from './custody-steps.js';
import { customsSteps } from './customs-steps.js';
import { lotSteps } from './lot-steps.js';
import { Model } from './model.js';
import { packingSteps } from './packing-steps.js';
import { containers, members, ucrs, type StepKind, type Told } from './step.js';

/** A step by somebody, ready to be taken on the model and told to the ledger. */
interface Taken {
  readonly by: CastMember;
  readonly told: Told;
  take(model: Model): boolean;
}

/** By whom each subject is mostly done, so that long sequences come far; anybody tries everything now and then. */
function by(usual: readonly CastMember[]): fc.Arbitrary<CastMember> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...members) },
  );
}

const steps = [
  { weight: 5, kinds: custodySteps, usual: ['IMPORTER1', 'CARRIER1', 'TERMINAL1'] },
  { weight: 3, kinds: customsSteps, usual: ['OFFICER1'] },
  { weight: 4, kinds: packingSteps, usual: ['CARRIER1', 'TERMINAL1'] },
  { weight: 4, kinds: lotSteps, usual: ['SELLER1', 'IMPORTER1'] },
] as const;

const taken: fc.Arbitrary<Taken> = fc.oneof(
  ...steps.map(({ weight, kinds, usual }) => ({
    weight,
    arbitrary: fc.oneof(
      ...(kinds as readonly unknown[] as readonly StepKind<unknown>[]).map((kind) =>
        fc.tuple(by(usual), kind.choice).map(([by, choice]) => ({
          by,
          told: kind.transaction(by, choice),
          take: (model: Model) => kind.take(model, by, choice),
        })),
      ),
    ),
  })),
);

const [open] = custodySteps as readonly unknown[] as readonly [StepKind<unknown>];
const choice = { ucr: ucrs[0], custodian: 'CARRIER1' };

/** Without a consignment most steps come to nothing, so that each sequence begins with one. */
const opened: Taken = {
  by: 'IMPORTER1',
  told: open.transaction('IMPORTER1', choice),
  take: (model) => open.take(model, 'IMPORTER1', choice),
};

/** The ledger with a device of everybody. */
class Ledger {
  readonly world = TestWorld.started();
  readonly #devices = new Map<CastMember, TestDevice>();
  #seq = 0;

  /** Tells a step; false where it was refused. */
  tell({ by, told }: Taken): boolean {
    this.#seq += 1;
    const requestId = `step-${String(this.#seq)}`;
    const caller = partyCaller(by);
    try {
      if ('event' in told) {
        const statement = this.#device(by).statement({ seq: this.#seq + 1, payload: told.event });
        this.world.play(caller, 'RecordStatements', { statements: [statement] });
      } else {
        this.world.play(caller, told.name, { ...told.input, requestId });
      }
      return true;
    } catch (error) {
      if (error instanceof PassageError) return false;
      throw error;
    }
  }

  #device(owner: CastMember): TestDevice {
    const known = this.#devices.get(owner);
    if (known !== undefined) return known;
    const device = new TestDevice(testLedger, new Uint8Array(32).fill(members.indexOf(owner) + 1));
    const proof = device.proof({ owner, kind: 'business_system' });
    const input = { requestId: `device-${owner}`, kind: 'business_system', proof };
    this.world.play(partyCaller(owner), 'RegisterDevice', input);
    this.#devices.set(owner, device);
    return device;
  }
}

/** What the ledger has of a consignment, in the words of the model. */
function recorded(world: TestWorld, ucr: string): object | undefined {
  const [custody, customs] = [world.get(keys.custody(ucr)), world.get(keys.customs(ucr))];
  if (custody === undefined || customs === undefined) return undefined;
  return {
    custodian: custody.custodian,
    open: custody.open,
    offers: custody.handovers,
    holds: customs.inForce.map(({ hold }) => hold),
    released: customs.release !== undefined,
    packages: containers.map(
      (container) => world.get(keys.containment(`container:${container}`, ucr))?.goods?.packages ?? 0,
    ),
  };
}

function modelled(model: Model, ucr: string): object | undefined {
  const shipment = model.shipments.get(ucr);
  if (shipment === undefined) return undefined;
  const { custodian, offered, offers, holds, released, packages } = shipment;
  return {
    custodian,
    open: offered?.number,
    offers,
    holds: holds.map(({ number }) => number),
    released,
    packages: containers.map((container) => packages.get(container) ?? 0),
  };
}

/** Nothing is made out of nothing: what was registered is left, was shipped, or was lost in a transformation. */
function expectConserved(world: TestWorld, model: Model): void {
  let left = 0;
  for (const [id, lot] of model.lots) {
    const record = world.get(keys.lot(id));
    expect(record?.quantity).to.equal(lot.made);
    expect(record?.remaining).to.equal(lot.left);
    const shares = record?.shares ?? [];
    expect(shares.reduce((sum, { remaining }) => sum + remaining, 0)).to.equal(lot.left);
    expect(shares.reduce((sum, { quantity }) => sum + quantity, 0)).to.equal(lot.made);
    left += lot.left;
  }
  expect(left + model.shipped + model.wasted).to.equal(model.registered);
}

describe('custody, holds, containment and quantities', function () {
  this.timeout(60_000);

  it('follow a small model through any acts by anybody, step by step', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(fc.array(taken, { minLength: 1, maxLength: 60, size: 'max' }), (sequence) => {
        const [ledger, model] = [new Ledger(), new Model()];
        for (const one of [opened, ...sequence]) {
          const allowed = one.take(model);
          expect(ledger.tell(one), JSON.stringify([one.by, one.told])).to.equal(allowed);
          if (allowed)
            reached.add('event' in one.told ? JSON.stringify(one.told.event['action']) : one.told.name);
          for (const ucr of ucrs) expect(recorded(ledger.world, ucr)).to.deep.equal(modelled(model, ucr));
          expectConserved(ledger.world, model);
        }
      }),
      { numRuns: 120 },
    );
    // A model that never gets far would show nothing.
    expect([...reached]).to.have.length.above(8);
  });
});
