import { commands } from '@passage/domain';
import { scenarios, scenesOf, testLedger } from '@passage/domain/testing';
import { expect } from 'chai';
import { CustodyStage } from '../testing/custody-stage.js';
import { actSteps } from './act-steps.js';

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
