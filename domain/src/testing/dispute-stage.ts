import type { Caller } from '../command/caller.js';
import { disputeStatus, type DisputeStatus } from '../dispute/dispute.js';
import type { JsonObject } from '../json/value.js';
import { keys } from '../state/keys.js';
import { partyCaller, testUcr } from './cast.js';
import { actEvent, StatementStage } from './statement-stage.js';
import { observation } from './test-device.js';
import type { TestWorld } from './test-world.js';

/** The act that is disputed where no statement is: the opening of the test shipment. */
export const openingAct = { act: { by: 'IMPORTER1', requestId: 'open-1' } };

/** How the broker of the test shipment disputes that act, and how others name its dispute. */
export const raising = { requestId: 'd1', ucr: testUcr, event: openingAct, reason: 'the goods are others' };
export const disputeRef = { ucr: testUcr, disputant: 'BROKER1', dispute: 'd1' };

/** What custodian, customs and disputant say about it. */
export const answer = { requestId: 'a1', ...disputeRef, finding: 'dismissed', text: 'weighed twice' };
export const ruling = { requestId: 'r1', ...disputeRef, finding: 'upheld', text: 'the scan shows it' };
export const withdrawal = { requestId: 'w1', ucr: testUcr, dispute: 'd1', reason: 'my mistake' };

/** A world with a shipment, and a statement of the terminal's device about it. */
export function seen(): {
  readonly stage: StatementStage;
  readonly world: TestWorld;
  readonly statement: string;
} {
  const stage = new StatementStage();
  const statement = stage.device('TERMINAL1').next(actEvent(observation(), testUcr));
  stage.world.play(partyCaller('TERMINAL1'), 'RecordStatements', { statements: [statement] });
  return { stage, world: stage.world, statement };
}

/** A world in which the broker has disputed the opening of the test shipment. */
export function raised(): TestWorld {
  const { world } = new StatementStage();
  world.play(partyCaller('BROKER1'), 'RaiseDispute', raising);
  return world;
}

/** How the broker's dispute stands. */
export function statusIn(world: TestWorld): DisputeStatus | 'none' {
  const record = world.get(keys.dispute(testUcr, 'BROKER1', 'd1'));
  const word = world.get(keys.ruling(testUcr, 'BROKER1', 'd1'));
  return record === undefined ? 'none' : disputeStatus(record, word);
}

/** The code with which a request of its own id is refused. */
export function codeOf(world: TestWorld, caller: Caller, name: string, input: JsonObject): string {
  return world.refusal(caller, name, { ...input, requestId: 'never' }).code;
}
