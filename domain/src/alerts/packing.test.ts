import { expect } from 'chai';
import type { ContentFact } from '../facts/facts.js';
import { packingAlerts, type PackingFacts } from './packing.js';

const ucr = '6KRIMPORTER1-DECL1';
const [box, other, lorry] = [
  'container:CSQU3054383',
  'container:MWCU6059784',
  `vehicle:ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0`,
];
const at = (block: number) => ({ block, position: 0, item: 0 });

/** A version of a unit's record, in a block of its own. */
function version(block: number, unit: string, changes: Partial<ContentFact> = {}): ContentFact {
  return { unit, ucr, at: at(block), transactionId: `t${String(block)}`, ...changes };
}

function story(facts: Partial<PackingFacts>): readonly string[] {
  return packingAlerts({ contents: [], sealed: [], packages: [], ...facts }).map(
    ({ kind, path }) => `${kind}: ${path.map(({ id }) => id).join(' < ')}`,
  );
}

describe('packingAlerts', () => {
  const seal = { seal: 'KR1', unit: box, transactionId: 's', from: at(2) };
  const packed = { goods: { packages: 5 } };
  const boxUri = 'urn:epc:id:bic:CSQU3054383';

  it('find nothing in goods that are packed, sealed, opened and unpacked', () => {
    const contents = [version(1, box, packed), version(4, box)];
    expect(
      story({ contents, sealed: [{ ...seal, until: at(3) }], packages: [{ ucr, packages: 5 }] }),
    ).to.deep.equal([]);
  });

  it('tell what went in or out through a closed seal', () => {
    const contents = [version(1, box, packed), version(3, box, { goods: { packages: 4 } }), version(6, box)];
    const found = `packed_while_sealed: ${boxUri} < ${ucr} < t3 < KR1 < s`;
    expect(story({ contents, sealed: [{ ...seal, until: at(5) }] })).to.deep.equal([found]);
  });

  it('tell units that went into or out of a sealed one, and leave the journey of the sealed one alone', () => {
    const sealed = [{ ...seal, unit: lorry, seal: 'L1' }, seal];
    const contents = [
      version(1, box, packed),
      version(3, box, { ...packed, within: lorry }),
      version(4, box, packed),
    ];
    const lorryUri = `urn:passage:${lorry}`;
    expect(story({ contents, sealed })).to.deep.equal([
      `packed_while_sealed: ${lorryUri} < ${ucr} < t3 < L1 < s`,
      `packed_while_sealed: ${lorryUri} < ${ucr} < t4 < L1 < s`,
    ]);
  });

  it('take no offence at what one transaction packs and seals', () => {
    expect(story({ contents: [version(2, box, packed)], sealed: [seal] })).to.deep.equal([]);
  });

  it('tell a whole consignment that lies in two units, whichever came first', () => {
    const whole = { goods: {} };
    const otherUri = 'urn:epc:id:bic:MWCU6059784';
    expect(story({ contents: [version(1, box, whole), version(2, other, packed)] })).to.deep.equal([
      `in_two_units: ${ucr} < t2 < ${boxUri} < t1`,
    ]);
    expect(story({ contents: [version(2, box, whole), version(1, other, packed)] })).to.deep.equal([
      `in_two_units: ${ucr} < t2 < ${otherUri} < t1`,
    ]);
    expect(story({ contents: [version(1, box, packed), version(2, other, packed)] })).to.deep.equal([]);
    expect(
      story({ contents: [version(1, box, whole), version(2, box), version(3, other, whole)] }),
    ).to.deep.equal([]);
  });

  it('tell more packages than the consignment has, once for each act that adds some', () => {
    const packages = [{ ucr, packages: 7 }];
    const contents = [
      version(1, box, packed),
      version(2, other, { goods: { packages: 2 } }),
      version(3, other, { goods: { packages: 3 } }),
      version(4, box, { goods: { packages: 4 } }),
      version(5, box, { goods: { packages: 5 } }),
    ];
    expect(story({ contents, packages })).to.deep.equal([
      `over_packed: ${ucr} < t3`,
      `over_packed: ${ucr} < t5`,
    ]);
    expect(story({ contents })).to.deep.equal([]);
    expect(story({ contents, packages: [{ ucr: '6KRIMPORTER1-OTHER', packages: 1 }] })).to.deep.equal([]);
  });
});
