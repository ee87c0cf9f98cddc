import { expect } from 'chai';
import fc from 'fast-check';
import { PassageError } from '../../errors/passage-error.js';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import {
  castMembers,
  partyCaller,
  shipmentInput,
  testUcr,
  TestWorld,
  type CastMember,
} from '../../testing/index.js';

/** What a custody ledger of one shipment has to be, in the plainest words. */
interface Model {
  custodian: CastMember | undefined;
  offered: { to: CastMember; number: number } | undefined;
  offers: number;
}

type Step =
  | { readonly act: 'open'; readonly by: CastMember; readonly custodian: CastMember }
  | { readonly act: 'offer'; readonly by: CastMember; readonly to: CastMember }
  | { readonly act: 'accept' | 'reject'; readonly by: CastMember; readonly number: number };

const member = fc.constantFrom(...castMembers);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ act: fc.constant('open' as const), by: member, custodian: member }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('offer' as const), by: member, to: member }) },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constantFrom('accept' as const, 'reject' as const),
      by: member,
      number: fc.integer({ min: 1, max: 4 }),
    }),
  },
);

/** Whether the model allows the step; if so, takes it. */
function allowed(model: Model, step: Step): boolean {
  if (step.act === 'open') {
    if (model.custodian !== undefined || step.by !== 'IMPORTER1') return false;
    model.custodian = step.custodian;
    return true;
  }
  if (step.act === 'offer') {
    if (step.by !== model.custodian || model.offered !== undefined || step.to === step.by) return false;
    model.offers += 1;
    model.offered = { to: step.to, number: model.offers };
    return true;
  }
  if (model.offered?.number !== step.number || model.offered.to !== step.by) return false;
  if (step.act === 'accept') model.custodian = step.by;
  model.offered = undefined;
  return true;
}

function transactionOf(step: Step, requestId: string): readonly [name: string, input: JsonObject] {
  const about = { requestId, ucr: testUcr };
  switch (step.act) {
    case 'open':
      return ['OpenShipment', shipmentInput({ requestId, custodian: step.custodian })];
    case 'offer':
      return ['OfferHandover', { ...about, to: step.to, place: 'KRPUS' }];
    case 'accept':
      return ['AcceptHandover', { ...about, handover: step.number }];
    case 'reject':
      return ['RejectHandover', { ...about, handover: step.number, reason: 'no' }];
  }
}

/** Plays the step; false where it was refused. */
function played(world: TestWorld, step: Step, index: number): boolean {
  const [name, input] = transactionOf(step, `step-${String(index)}`);
  try {
    world.play(partyCaller(step.by), name, input);
    return true;
  } catch (error) {
    if (error instanceof PassageError) return false;
    throw error;
  }
}

describe('custody', function () {
  this.timeout(30_000);

  it('follows the model through any sequence of acts by anybody', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
        const world = TestWorld.started();
        const model: Model = { custodian: undefined, offered: undefined, offers: 0 };
        for (const [index, step] of steps.entries()) {
          const before = world.get(keys.custody(testUcr));
          const ok = allowed(model, step);
          expect(played(world, step, index), JSON.stringify(step)).to.equal(ok);
          const custody = world.get(keys.custody(testUcr));
          if (!ok) expect(custody).to.deep.equal(before);
          expect(custody?.custodian).to.equal(model.custodian);
          expect(custody?.open).to.equal(model.offered?.number);
          expect(custody?.handovers ?? 0).to.equal(model.offers);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('has at most one handover that awaits an answer', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 40 }), (steps) => {
        const world = TestWorld.started();
        steps.forEach((step, index) => played(world, step, index));
        const offers = world.get(keys.custody(testUcr))?.handovers ?? 0;
        const open = Array.from({ length: offers }, (_, index) => index + 1).filter(
          (number) => world.get(keys.handover(testUcr, number))?.status === 'offered',
        );
        const awaited = world.get(keys.custody(testUcr))?.open;
        expect(open).to.deep.equal(awaited === undefined ? [] : [awaited]);
      }),
      { numRuns: 60 },
    );
  });
});
