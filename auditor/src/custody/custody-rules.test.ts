import { commands } from '@passage/domain';
import { scenarios, scenesOf, testLedger } from '@passage/domain/testing';
import { expect } from 'chai';
import { CustodyStage } from '../testing/custody-stage.js';
import type { JsonObject } from '@passage/domain';
import type { RecordedCall } from './recorded-call.js';
import { actSteps } from './act-steps.js';

/** Everything that can be done to one of the records that an act leaves. */
function* alterations({ writes }: RecordedCall): Generator<{ what: string; writes: RecordedCall['writes'] }> {
  for (const [index, { key, kept }] of writes.entries()) {
    if (kept === undefined) continue;
    yield { what: `${key} left out`, writes: writes.toSpliced(index, 1) };
    yield { what: `${key} deleted`, writes: writes.with(index, { key }) };
    yield {
      what: `${key} under another policy`,
      writes: writes.with(index, { key, kept: { ...kept, keeper: 'other' } }),
    };
    const record = JSON.parse(Buffer.from(kept.value).toString()) as JsonObject;
    for (const [member, value] of Object.entries(record)) {
      const without = Object.fromEntries(Object.entries(record).filter(([name]) => name !== member));
      const otherwise = typeof value === 'number' ? value + 1 : typeof value === 'string' ? `${value}1` : [1];
      for (const [how, altered] of [
        ['missing', without],
        ['otherwise', { ...record, [member]: otherwise }],
      ] as const)
        yield {
          what: `${key}: ${member} ${how}`,
          writes: writes.with(index, { key, kept: { ...kept, value: Buffer.from(JSON.stringify(altered)) } }),
        };
    }
  }
}

const today = new Date('2026-01-01T00:00:00.000Z');

describe('the rules over the history', () => {
  it('have a row for every act of the chaincode, with every kind of key that it writes', () => {
    const generic = ['request'];
    const kindsOf = (kinds: readonly string[]): readonly string[] =>
      kinds.filter((kind) => !generic.includes(kind)).sort();
    const rows = Object.entries(actSteps).map(([act, steps]) => [act, kindsOf(Object.keys(steps))]);
    const written = commands.map(({ name, writes }) => [name, kindsOf(writes)]);
    expect(Object.fromEntries(rows)).to.deep.equal(Object.fromEntries(written));
  });

  it('let no record pass of which one member is otherwise, is missing, or that is not there at all', () => {
    const judged = { altered: 0, passed: [] as string[] };
    const acts = new Set<string>();
    for (const scenario of scenarios) {
      const stage = CustodyStage.started();
      for (const scene of scenesOf(scenario, testLedger, today)) {
        if (scene.expect.refused !== undefined || scene.expect.writes.length === 0) continue;
        const call = stage.call(scene);
        for (const { what, writes } of acts.has(call.act) ? [] : alterations(call)) {
          judged.altered += 1;
          const { breaches } = stage.judge({ ...call, writes });
          if (breaches.length === 0) judged.passed.push(`${call.act}: ${what}`);
        }
        acts.add(call.act);
        stage.commit(call);
      }
    }
    expect(judged.passed).to.deep.equal([]);
    expect(judged.altered).to.be.greaterThan(1000);
  }).timeout(60_000);

  for (const scenario of scenarios) {
    it(`find nothing where ${scenario.title}`, () => {
      const stage = CustodyStage.started();
      for (const scene of scenesOf(scenario, testLedger, today)) {
        if (scene.expect.refused !== undefined || scene.expect.writes.length === 0) continue;
        const call = stage.call(scene);
        expect({ act: call.act, breaches: stage.judge(call).breaches }).to.deep.equal({
          act: call.act,
          breaches: [],
        });
        stage.commit(call);
      }
    });
  }
});
