import { decodeContractError } from '@passage/domain';
import { prologue, scenarios, scenesOf, testLedger } from '@passage/domain/testing';
import { expect } from 'chai';
import { Stage } from './testing/stage.js';

const today = new Date('2026-01-01T00:00:00.000Z');

describe('the scenarios, on the in-memory stub', () => {
  let stage: Stage;

  before(async () => {
    stage = new Stage();
    for (const { caller, name, input } of prologue(testLedger)) await stage.given(caller, name, input);
  });

  for (const scenario of scenarios) {
    it(scenario.title, async () => {
      for (const { caller, name, input, openings, expect: expected } of scenesOf(
        scenario,
        testLedger,
        today,
      )) {
        const endorsement = await stage.when(caller, name, input, openings);
        const { status, message, writes, event } = endorsement;
        const refused = status === 200 ? undefined : (decodeContractError(message)?.code ?? message);
        const written = writes.map(({ key }) => key);
        expect({ name, refused, written }).to.deep.equal({
          name,
          refused: expected.refused,
          written: expected.refused === undefined ? [...expected.writes].sort() : [],
        });
        expect(event !== undefined, `${name} tells of itself`).to.equal(written.length > 0);
        expect(stage.ledger.commit(endorsement)).to.equal('VALID');
      }
    });
  }
});
