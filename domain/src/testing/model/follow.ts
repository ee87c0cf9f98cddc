import { expect } from 'chai';
import fc from 'fast-check';
import { PassageError } from '../../errors/passage-error.js';
import { adminCaller, registerCertifier, testLedger } from '../cast.js';
import { TestDevice } from '../test-device.js';
import { TestWorld } from '../test-world.js';
import { callerOf, members, type Member, type StepKind, type StepSet, type Told } from './step.js';

/** What a model is followed by: how it begins, its steps, and what has to hold after each of them. */
export interface Story<Model> {
  readonly begin: () => Model;
  readonly sets: readonly StepSet<Model>[];
  /** Steps that every sequence begins with, because most others come to nothing without them. */
  readonly first?: readonly Taken<Model>[];
  /** Before the first step. */
  readonly prepare?: (world: TestWorld) => void;
  readonly check: (world: TestWorld, model: Model) => void;
}

/** A step by somebody, ready to be taken on the model and told to the ledger. */
export interface Taken<Model> {
  readonly by: Member;
  readonly told: Told;
  take(model: Model): boolean;
}

/** How many times the usual number of sequences are tried: for a long search, as PASSAGE_MODEL_RUNS=30. */
const times = Number(process.env['PASSAGE_MODEL_RUNS'] ?? '1');

/**
 * Takes any steps by anybody on the model and on the ledger: what the one allows, the other does, and after each step both say the
 * same.
 *
 * @returns the names of the steps that were allowed at least once.
 */
export function follow<Model>(story: Story<Model>, runs: number): ReadonlySet<string> {
  const reached = new Set<string>();
  // Without fast-check's bias towards short sequences and first names, which would hardly get anywhere.
  const steps = fc.noBias(fc.array(anyStep(story.sets), { minLength: 30, maxLength: 60, size: 'max' }));
  fc.assert(
    fc.property(steps, (sequence) => {
      const [ledger, model] = [new Ledger(story), story.begin()];
      for (const one of [...(story.first ?? []), ...sequence]) {
        const allowed = one.take(model);
        const outcome = ledger.tell(one);
        expect(outcome, JSON.stringify([one.by, one.told])).to.equal(allowed ? 'taken' : outcome);
        if (!allowed) expect(outcome, JSON.stringify([one.by, one.told])).to.not.equal('taken');
        else reached.add('event' in one.told ? JSON.stringify(one.told.event['action']) : one.told.name);
        story.check(ledger.world, model);
      }
    }),
    { numRuns: runs * times },
  );
  return reached;
}

/** A certain step, for a story's beginning. */
export function taken<Model, Choice>(
  kind: StepKind<Model, Choice>,
  by: Member,
  choice: Choice,
): Taken<Model> {
  return { by, told: kind.transaction(by, choice), take: (model) => kind.take(model, by, choice) };
}

function anyStep<Model>(sets: readonly StepSet<Model>[]): fc.Arbitrary<Taken<Model>> {
  return fc.oneof(
    ...sets.map(({ weight, kinds }) => ({
      weight,
      arbitrary: fc.oneof(
        ...(kinds as readonly unknown[] as readonly StepKind<Model, unknown>[]).map((kind) =>
          fc.tuple(mostly(kind.usual), kind.choice).map(([by, choice]) => taken(kind, by, choice)),
        ),
      ),
    })),
  );
}

function mostly(usual: readonly Member[]): fc.Arbitrary<Member> {
  return fc.oneof(
    { weight: 7, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...members) },
  );
}

/** The ledger, with everybody registered, and a device of whoever needs one. */
class Ledger {
  readonly world = TestWorld.started();
  readonly #devices = new Map<Member, TestDevice>();
  #seq = 0;

  constructor({ prepare }: { readonly prepare?: (world: TestWorld) => void }) {
    const officer = { requestId: 'o', partyId: 'OFFICER2', name: 'Officer', roles: ['customs_officer'] };
    this.world.play(adminCaller('CustomsMSP'), 'RegisterParty', officer);
    const { caller, name, input } = registerCertifier;
    this.world.play(caller, name, input);
    prepare?.(this.world);
  }

  /** Tells a step: `taken`, or the code of the refusal. */
  tell<Model>({ by, told }: Taken<Model>): string {
    this.#seq += 1;
    const caller = callerOf(by);
    try {
      if ('event' in told) {
        const statement = this.#device(by).statement({ seq: this.#seq + 1, payload: told.event });
        this.world.play(caller, 'RecordStatements', { statements: [statement] });
      } else {
        const { name, input, requestId = `step-${String(this.#seq)}` } = told;
        this.world.play(caller, name, name === 'RecordStatements' ? input : { ...input, requestId });
      }
      return 'taken';
    } catch (error) {
      if (error instanceof PassageError) return error.code;
      throw error;
    }
  }

  #device(owner: Member): TestDevice {
    const known = this.#devices.get(owner);
    if (known !== undefined) return known;
    const device = new TestDevice(testLedger, new Uint8Array(32).fill(members.indexOf(owner) + 1));
    const proof = device.proof({ owner, kind: 'business_system' });
    const input = { requestId: `device-${owner}`, kind: 'business_system', proof };
    this.world.play(callerOf(owner), 'RegisterDevice', input);
    this.#devices.set(owner, device);
    return device;
  }
}
