import { expect } from 'chai';
import { canonicalJson } from './index.js';

/** `inner` in so many lists, or in so many objects. */
const inLists = (count: number, inner: unknown): unknown =>
  Array.from({ length: count }).reduce((value) => [value], inner);
const inObjects = (count: number, inner: unknown): unknown =>
  Array.from({ length: count }).reduce((value) => ({ a: value }), inner);

describe('canonicalJson', () => {
  it('writes members in the order of their UTF-16 code units, at any depth', () => {
    const value = { '\u{1f600}': 1, '\uffff': 2, b: [{ z: null, a: true }], a: 'x', '': 0, aa: 1e21 };
    expect(canonicalJson(value)).to.equal(
      '{"":0,"a":"x","aa":1e+21,"b":[{"a":true,"z":null}],"\u{1f600}":1,"\uffff":2}',
    );
  });

  for (const [what, nested] of [
    ['lists', inLists],
    ['objects', inObjects],
  ] as const) {
    it(`goes 64 ${what} deep and no further`, () => {
      expect(JSON.parse(canonicalJson(nested(64, 1)))).to.deep.equal(nested(64, 1));
      expect(() => canonicalJson(nested(65, 1)))
        .to.throw(TypeError)
        .with.property('message', 'canonical JSON: nested too deep, or a cycle');
    });
  }

  it('ends on a cycle', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = [cycle];
    expect(() => canonicalJson(cycle)).to.throw(TypeError, /a cycle/);
  });
});
