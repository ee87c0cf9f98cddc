import { expect } from 'chai';

import type { Observation } from '../observation.js';
import { compare } from './compare.js';

const observed = (step: string, seen: unknown): Observation => ({ scenario: 's', step, seen });

describe('compare', () => {
  it('finds nothing where the same was seen, whatever the order of members and of twins', () => {
    const there = [observed('a', { x: 1, y: [2] }), observed('twin', 'one'), observed('twin', 'other')];
    const here = [observed('twin', 'other'), observed('a', { y: [2], x: 1 }), observed('twin', 'one')];
    expect(compare(there, here)).to.deep.equal([]);
  });

  it('names the step and both sides of what differs', () => {
    expect(compare([observed('a', 1)], [observed('a', 2)])).to.deep.equal([
      { scenario: 's', step: 'a', fabric: 1, embedded: 2 },
    ]);
  });

  it('names what only one of them has, and a twin too many', () => {
    expect(compare([observed('a', 1)], [observed('b', 1)])).to.deep.equal([
      { scenario: 's', step: 'a', fabric: 1 },
      { scenario: 's', step: 'b', embedded: 1 },
    ]);
    expect(compare([observed('a', 1)], [observed('a', 1), observed('a', 1)])).to.have.length(1);
  });
});
