import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { MerkleTree } from './merkle-tree.js';

const leaf = (n: number): Uint8Array => Uint8Array.of(n);
const hash = (...parts: Uint8Array[]): Uint8Array =>
  createHash('sha256').update(Buffer.concat(parts)).digest();
const summaryOf = (leaves: number): ReturnType<MerkleTree['summary']> => {
  const tree = new MerkleTree(2);
  for (let n = 1; n <= leaves; n++) tree.add(leaf(n));
  tree.finish();
  return tree.summary();
};

describe('MerkleTree', () => {
  it('is empty until the first chunk', () => {
    const tree = new MerkleTree(2);
    expect(tree.isEmpty).to.equal(true);
    tree.add(leaf(1));
    expect(tree.isEmpty).to.equal(false);
  });

  it('leaves up to maxDegree hashes as they are', () => {
    expect(summaryOf(2)).to.deep.equal({ maxDegree: 2, maxLevel: 1, hashes: [leaf(1), leaf(2)] });
  });

  it('folds a level as soon as it has more, and takes a lone rest up unhashed', () => {
    const first = hash(leaf(1), leaf(2), leaf(3));
    expect(summaryOf(3)).to.deep.equal({ maxDegree: 2, maxLevel: 2, hashes: [first] });
    expect(summaryOf(4)).to.deep.equal({ maxDegree: 2, maxLevel: 2, hashes: [first, leaf(4)] });
    expect(summaryOf(5)).to.deep.equal({
      maxDegree: 2,
      maxLevel: 2,
      hashes: [first, hash(leaf(4), leaf(5))],
    });
  });

  it('folds once more where the rest makes the highest level too long', () => {
    const first = hash(leaf(1), leaf(2), leaf(3));
    const second = hash(leaf(4), leaf(5), leaf(6));
    expect(summaryOf(7)).to.deep.equal({
      maxDegree: 2,
      maxLevel: 3,
      hashes: [hash(first, second, leaf(7))],
    });
  });

  it('refuses a degree that no tree can have', () => {
    expect(() => new MerkleTree(1)).to.throw('below 2');
  });
});
