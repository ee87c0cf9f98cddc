import { expect } from 'chai';
import { carriersOf } from './carriers.js';
import type { WithinFact } from './facts.js';

const at = (block: number) => ({ block, position: 0, item: 0 });
const within = (inner: string, outer: string, from: number, until?: number): WithinFact => ({
  inner,
  outer,
  transactionId: 't',
  from: at(from),
  ...(until !== undefined && { until: at(until) }),
});

describe('carriersOf', () => {
  const facts = [
    within('goods', 'pallet', 1),
    within('pallet', 'box', 2, 6),
    within('box', 'ship', 4, 9),
    within('other', 'lorry', 1),
  ];

  it('finds what something lay in, and what carried that while it lay there', () => {
    expect(carriersOf('goods', facts)).to.deep.equal([
      { unit: 'pallet', from: at(1) },
      { unit: 'box', from: at(2), until: at(6) },
      { unit: 'ship', from: at(4), until: at(6) },
    ]);
  });

  it('leaves out what carried a unit only before or after', () => {
    const later = [within('goods', 'box', 1, 3), within('box', 'ship', 3)];
    expect(carriersOf('goods', later)).to.deep.equal([{ unit: 'box', from: at(1), until: at(3) }]);
  });

  it('ends where things go in a circle', () => {
    const circle = [within('goods', 'box', 1), within('box', 'ship', 1), within('ship', 'box', 1)];
    expect(carriersOf('goods', circle).map(({ unit }) => unit)).to.deep.equal(['box', 'ship']);
  });
});
