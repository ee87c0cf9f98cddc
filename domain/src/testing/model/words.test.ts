import { expect } from 'chai';
import { disputeStatus } from '../../dispute/dispute.js';
import { keys } from '../../state/keys.js';
import { statementIdOf as idOf } from '../../state/statement-record.js';
import { partyCaller, shipmentInput, testUcr } from '../cast.js';
import type { TestWorld } from '../test-world.js';
import { follow, taken } from './follow.js';
import { keySteps, register } from './key-steps.js';
import type { Member } from './step.js';
import { disputeSteps, sayingSteps } from './word-steps.js';
import { deviceAt, devices, numbers, statementIdOf, Words } from './words.js';

const disputants: readonly Member[] = ['IMPORTER1', 'BROKER1', 'SELLER1', 'CARRIER1'];

/** What the ledger has of a key, in the words of the model. */
function keyIn(world: TestWorld, kid: string): object | undefined {
  const record = world.get(keys.device(kid));
  return (
    record && {
      status: record.status,
      suspendedBy: record.suspension?.by,
      end: record.successor?.seq,
      epoch: record.epoch?.number ?? 1,
      claim: record.compromise?.since,
      isConfirmed: record.compromise?.confirmedAt !== undefined,
    }
  );
}

/** And what it said. */
function recorded(world: TestWorld, device: number): object {
  const { kid } = deviceAt(device);
  return {
    key: keyIn(world, kid),
    statements: numbers.map((seq) => {
      const statement = world.get(keys.statement(kid, seq));
      return statement && [idOf(statement), statement.late === true, statement.corrects?.seq];
    }),
    proven: numbers.map((seq) => world.get(keys.equivocation(kid, seq)) !== undefined),
  };
}

function modelled(model: Words, device: number): object {
  const key = model.keys.get(device);
  return {
    key: key && {
      status: key.status,
      suspendedBy: key.suspendedBy,
      end: key.end,
      epoch: key.epoch,
      claim: key.claim === undefined ? undefined : { block: key.claim },
      isConfirmed: key.isConfirmed,
    },
    statements: numbers.map((seq) => {
      const word = model.recorded.get(`${String(device)}/${String(seq)}`);
      return word && [statementIdOf(word), word.isLate, word.saying === 'error' ? 1 : undefined];
    }),
    proven: numbers.map((seq) => model.proven.has(`${String(device)}/${String(seq)}`)),
  };
}

function disputesIn(world: TestWorld): readonly unknown[] {
  return disputants.flatMap((by) =>
    ['d1', 'd2'].map((id) => {
      const record = world.get(keys.dispute(testUcr, by, id));
      return record && disputeStatus(record, world.get(keys.ruling(testUcr, by, id)));
    }),
  );
}

function disputesOf({ disputes }: Words): readonly unknown[] {
  return disputants.flatMap((by) => ['d1', 'd2'].map((id) => disputes.get(`${by}/${id}`)?.status));
}

describe('keys, what they say, and what is said against it', function () {
  this.timeout(1_800_000);

  it('follow a small model: nothing that was recorded is changed or goes away', () => {
    const reached = follow<Words>(
      {
        begin: () => new Words(),
        first: [0, 1].map((device) => taken(register, 'CARRIER1', { device })),
        prepare: (world) => void world.play(partyCaller('IMPORTER1'), 'OpenShipment', shipmentInput()),
        sets: [
          { weight: 4, kinds: keySteps },
          { weight: 5, kinds: sayingSteps },
          { weight: 4, kinds: disputeSteps },
        ],
        check(world, model) {
          for (const device of devices)
            expect(recorded(world, device)).to.deep.equal(modelled(model, device));
          expect(disputesIn(world)).to.deep.equal(disputesOf(model));
        },
      },
      60,
    );
    expect([...reached]).to.have.length.above(11);
  });
});
