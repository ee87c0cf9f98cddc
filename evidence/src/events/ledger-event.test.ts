import { expect } from 'chai';
import { encodeRecord } from '@passage/domain';
import {
  partyCaller,
  prologue,
  scenarios,
  scenesOf,
  shipmentInput,
  testLedger,
  testUcr,
  TestWorld,
} from '@passage/domain/testing';
import type { JsonObject } from '@passage/domain';
import { eventsOf, recordsNaming } from './index.js';
import { played } from '../testing/played.js';
import type { LedgerEvent, LedgerTransaction } from './index.js';

const TX = 'ab'.repeat(32);

function startedWorld(): TestWorld {
  const world = new TestWorld();
  for (const play of prologue(testLedger)) world.play(play.caller, play.name, play.input);
  return world;
}

/** The transactions of a scenario that are taken, as a ledger would have them. */
function scenario(title: string): readonly LedgerTransaction[] {
  const world = startedWorld();
  const story = scenarios.find((each) => each.title === title);
  if (story === undefined) throw new Error(`no scenario ${title}`);
  return scenesOf(story, testLedger, new Date('2026-01-01'))
    .filter(({ expect: { refused } }) => refused === undefined)
    .map((scene) => played(world, scene));
}

describe('the events of a transaction', () => {
  it('are one for a command, about the consignments that its records name', () => {
    const play = { caller: partyCaller('IMPORTER1'), name: 'OpenShipment', input: shipmentInput() };
    const transaction = played(startedWorld(), play);
    expect(eventsOf(transaction)).to.deep.equal([
      { id: `${TX}/0`, kind: 'command', index: 0, consignments: [testUcr] },
    ]);
    expect(recordsNaming(transaction).map(({ key }) => key)).to.include.members([
      `shipment/${testUcr}`,
      `custody/${testUcr}`,
      `customs/${testUcr}`,
    ]);
    expect(recordsNaming(transaction).map(({ key }) => key.split('/')[0])).not.to.include('request');
  });

  it('are none where it is invalid, or wrote nothing', () => {
    const play = { caller: partyCaller('IMPORTER1'), name: 'OpenShipment', input: shipmentInput() };
    const transaction = played(startedWorld(), play);
    expect(eventsOf({ ...transaction, code: 11 })).to.be.empty;
    expect(eventsOf({ ...transaction, writes: [] })).to.be.empty;
  });

  it('are the statements of a batch that it recorded, each once and in order', () => {
    const [opens, , ...recorded] = scenario(
      'a device tells a wrong event, then the right one, and its owner declares the error',
    );
    const ucr = opens && eventsOf(opens)[0]?.consignments[0];
    const [wrong, right, declared] = recorded.map((transaction) => eventsOf(transaction));
    const [first] = wrong ?? [];
    expect(wrong).to.have.length(1);
    expect(first).to.deep.include({ kind: 'statement', index: 0, consignments: [ucr] });
    expect(right?.[0]?.id).to.match(/^ni:\/\/\/sha-256;/);
    // A correction is a command with the statement that it recorded behind it, and both are about the goods.
    expect(declared?.map(({ kind, index }) => ({ kind, index }))).to.deep.equal([
      { kind: 'command', index: 0 },
      { kind: 'statement', index: 1 },
    ]);
    expect(declared?.map(({ consignments }) => consignments)).to.deep.equal([[ucr], [ucr]]);
  });

  it('leave out statements that the argument repeats, and those whose key holds another', () => {
    const [, , batch] = scenario(
      'a device tells a wrong event, then the right one, and its owner declares the error',
    );
    if (batch?.call === undefined) throw new Error('no batch');
    const { statements } = JSON.parse(batch.call.argument) as { statements: string[] };
    const twice = {
      ...batch,
      call: { ...batch.call, argument: JSON.stringify({ statements: [...statements, ...statements] }) },
    };
    expect(eventsOf(twice)).to.deep.equal(eventsOf(batch));
    const foreign = {
      ...batch,
      writes: batch.writes.map(({ key }) => ({ key, value: encodeRecord({ v: 1, id: 'A'.repeat(43) }) })),
    };
    expect(eventsOf(foreign)).to.be.empty;
  });

  it('find a consignment wherever a record names it, and a write that nobody believes by its key alone', () => {
    const value = (json: JsonObject): Uint8Array => Buffer.from(JSON.stringify(json));
    const event = (changes: Partial<LedgerTransaction>): LedgerEvent | undefined =>
      eventsOf({ transactionId: TX, code: 0, writes: [], ...changes })[0];
    const nested = value({ v: 1, deep: [{ of: `urn:passage:ucr:${testUcr}` }] });
    expect(event({ writes: [{ key: 'document/D1', value: nested }] })?.consignments).to.deep.equal([testUcr]);
    expect(event({ writes: [{ key: `custody/${testUcr}` }] })?.consignments).to.deep.equal([testUcr]);
    expect(event({ forged: [{ key: `hold/${testUcr}/1` }] })?.consignments).to.deep.equal([testUcr]);
    expect(event({ writes: [{ key: 'lot/L1', value: Buffer.from('?') }] })?.consignments).to.deep.equal([]);
    expect(event({ writes: [{ key: `nothing/${testUcr}`, value: nested }] })?.consignments).to.deep.equal([]);
  });

  it('stay the same whatever an argument holds', () => {
    for (const argument of [
      '',
      'null',
      '[]',
      '{"statements":7}',
      '{"statements":[7,"a.b.c"]}',
      '{"a":1,"a":2}',
    ]) {
      const transaction = { transactionId: TX, code: 0, call: { command: 'RecordStatements', argument } };
      expect(eventsOf({ ...transaction, writes: [{ key: 'statement/k/1' }] })).to.be.empty;
    }
  });
});
