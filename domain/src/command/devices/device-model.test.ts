import { expect } from 'chai';
import fc from 'fast-check';
import { PassageError } from '../../errors/passage-error.js';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import { partyCaller, TestDevice, testLedger, TestWorld, type CastMember } from '../../testing/index.js';

/** What a key's life has to be, in the plainest words. */
interface Model {
  readonly status: 'active' | 'suspended' | 'rotated' | 'revoked';
  readonly heldBy: 'owner' | 'customs' | 'equivocation' | undefined;
  readonly proven: boolean;
}

const acts = ['suspend', 'resume', 'rotate', 'revoke', 'accuse', 'record', 'late'] as const;

type Step = { readonly act: (typeof acts)[number]; readonly by: CastMember };

const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom(...acts, 'suspend' as const, 'resume' as const),
  by: fc.constantFrom('CARRIER1' as const, 'CARRIER1' as const, 'OFFICER1' as const, 'SELLER1' as const),
});

/** For each act, what the model becomes by it; undefined where it is refused. */
const rules: Readonly<
  Record<Step['act'], (model: Model, owner: boolean, customs: boolean) => Model | undefined>
> = {
  suspend: (model, owner, customs) => {
    if (!(owner || customs)) return undefined;
    const fits = model.status === 'active' || (customs && isOwnersOwn(model));
    return fits ? { ...model, status: 'suspended', heldBy: customs ? 'customs' : 'owner' } : undefined;
  },
  resume: (model, owner, customs) => {
    const fits = model.status === 'suspended' && (customs || (owner && model.heldBy === 'owner'));
    return fits ? { ...model, status: 'active', heldBy: undefined } : undefined;
  },
  rotate: (model, owner) =>
    owner && model.status === 'active' ? { ...model, status: 'rotated', heldBy: undefined } : undefined,
  revoke: (model, owner) =>
    owner && model.status !== 'revoked' ? { ...model, status: 'revoked', heldBy: undefined } : undefined,
  accuse: (model) => {
    const suspends = !model.proven && (model.status === 'active' || isOwnersOwn(model));
    const accused: Model = suspends ? { ...model, status: 'suspended', heldBy: 'equivocation' } : model;
    return { ...accused, proven: true };
  },
  record: (model) => (model.status === 'active' ? model : undefined),
  late: (model, owner) => (owner && model.status === 'revoked' ? model : undefined),
};

function isOwnersOwn({ status, heldBy }: Model): boolean {
  return status === 'suspended' && heldBy === 'owner';
}

function transactionOf({ act }: Step, device: TestDevice, seq: number): readonly [string, JsonObject] {
  const { kid } = device;
  const statements = [device.statement({ seq: 1000 + seq })];
  switch (act) {
    case 'suspend':
      return ['SuspendDevice', { kid, reason: 'x' }];
    case 'resume':
      return ['ResumeDevice', { kid }];
    case 'rotate': {
      const next = new TestDevice(testLedger);
      const proof = next.proof({ owner: 'CARRIER1', kind: 'drone' });
      return ['RotateDevice', { proof, rotation: device.rotationTo(next.kid) }];
    }
    case 'revoke':
      return ['RevokeDevice', { kid, reason: 'x' }];
    case 'accuse': {
      const twins = ['one', 'other'].map((bizStep) =>
        device.statement({ seq: 7, payload: { type: 'ObjectEvent', bizStep } }),
      );
      return ['FileEquivocation', { statements: twins }];
    }
    case 'record':
      return ['RecordStatements', { statements }];
    case 'late':
      return ['FileLateEvidence', { statements }];
  }
}

function played(world: TestWorld, step: Step, device: TestDevice, index: number): boolean {
  const [name, input] = transactionOf(step, device, index);
  const request = name === 'RecordStatements' ? {} : { requestId: `step-${String(index)}` };
  try {
    world.play(partyCaller(step.by), name, { ...request, ...input });
    return true;
  } catch (error) {
    if (error instanceof PassageError) return false;
    throw error;
  }
}

describe("a device's key", function () {
  this.timeout(60_000);

  it('follows the model through any sequence of acts by anybody, and a refused act changes nothing', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const world = TestWorld.started();
        const device = new TestDevice(testLedger, new Uint8Array(32).fill(3));
        const proof = device.proof({ owner: 'CARRIER1', kind: 'drone' });
        world.play(partyCaller('CARRIER1'), 'RegisterDevice', { requestId: 'd', kind: 'drone', proof });
        let model: Model = { status: 'active', heldBy: undefined, proven: false };
        for (const [index, step] of steps.entries()) {
          const before = world.get(keys.device(device.kid));
          const after = rules[step.act](model, step.by === 'CARRIER1', step.by === 'OFFICER1');
          const ok = after !== undefined;
          model = after ?? model;
          expect(played(world, step, device, index), JSON.stringify(step)).to.equal(ok);
          const record = world.get(keys.device(device.kid));
          if (!ok) expect(record).to.deep.equal(before);
          expect(record?.status).to.equal(model.status);
          expect(record?.suspension?.by).to.equal(model.heldBy);
          const late = world.get(keys.statement(device.kid, 1000 + index));
          expect(late?.late).to.equal(ok && step.act === 'late' ? true : undefined);
        }
      }),
      { numRuns: 120 },
    );
  });
});
