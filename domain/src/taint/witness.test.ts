import { expect } from 'chai';
import type { StatementFact } from '../facts/facts.js';
import { BUSAN, CONTAINER, fact, HOUR, SHANGHAI, timeOf, UCR } from '../facts/testing/facts.js';
import { witnessesOf } from './witness.js';

const near = { metres: 1_000, milliseconds: HOUR };
const revoked = { block: 9, position: 0, item: 0 };
const tainted = fact(3, 6);
const port = { kid: 'port', owner: 'TERMINAL1', mspId: 'PortMSP' };

/** A member that is given as undefined is not there. */
type Changes = { readonly [Member in keyof StatementFact]?: StatementFact[Member] | undefined };

function lifted(changes: Changes, block = 6, of: StatementFact = tainted): readonly string[] {
  const given = Object.entries({ ...fact(1, block, port), ...changes }).filter(
    ([, value]) => value !== undefined,
  );
  const witness = Object.fromEntries(given) as unknown as StatementFact;
  return witnessesOf(of, revoked, [witness], near).map(({ object }) => object);
}

describe('witnessesOf', () => {
  it('lifts the taint of what an independent device saw near by', () => {
    expect(witnessesOf(tainted, revoked, [fact(1, 6, port)], near)).to.deep.equal([
      { object: CONTAINER, statementId: 'port/1' },
      { object: UCR, statementId: 'port/1' },
    ]);
  });

  it('covers no object that the witness did not see', () => {
    expect(lifted({ consignments: [] })).to.deep.equal([CONTAINER]);
    expect(lifted({ things: ['urn:epc:id:bic:TCLU4265727'], consignments: [] })).to.deep.equal([]);
  });

  for (const [what, changes] of [
    ['of the same owner', { owner: 'CARRIER1' }],
    ['of the same organisation', { mspId: 'BusinessMSP' }],
    ['elsewhere', { where: SHANGHAI }],
    ['at another time', { eventTime: timeOf(6) + HOUR + 1 }],
    ['that names no place', { where: {} }],
    ['that has no place at all', { where: undefined }],
    ['that has no time', { eventTime: undefined }],
  ] as const) {
    it(`hears no witness ${what}`, () => {
      expect(lifted(changes)).to.deep.equal([]);
    });
  }

  it('hears no witness that came once the key was revoked', () => {
    expect(lifted({ eventTime: timeOf(6) }, 8)).to.have.length(2);
    expect(lifted({ eventTime: timeOf(6) }, 9)).to.deep.equal([]);
  });

  it('hears one at the very end of the time that is near', () => {
    expect(lifted({ eventTime: timeOf(6) + HOUR }, 8)).to.have.length(2);
    expect(lifted({ eventTime: timeOf(6) - HOUR }, 8)).to.have.length(2);
  });

  it('lifts no taint of a word that has no time or no place', () => {
    const { eventTime, where, ...bare } = tainted;
    expect(eventTime).to.be.a('number');
    expect(lifted({}, 6, { ...bare, ...(where && { where }) })).to.deep.equal([]);
    expect(lifted({}, 6, { ...bare, eventTime: eventTime ?? 0 })).to.deep.equal([]);
  });

  it('takes one UN/LOCODE for near where a point is missing', () => {
    expect(lifted({ where: { unlocode: BUSAN.unlocode } })).to.have.length(2);
    expect(lifted({ where: { point: BUSAN.point } })).to.have.length(2);
    expect(lifted({ where: { unlocode: 'KRINC' } })).to.deep.equal([]);
  });
});
