import { expect } from 'chai';
import fc from 'fast-check';
import { fromHex, toHex, utf8 } from '@passage/ledger';
import { EvidenceError } from '../errors.js';
import {
  Frontier,
  MemoryNodes,
  consistencyProof,
  inclusionProof,
  leafHash,
  nodeHash,
  nodesOfLeaf,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from './index.js';

const leaf = (index: number): Uint8Array => leafHash(utf8(`event ${index}`));
const leaves = (size: number): Uint8Array[] => Array.from({ length: size }, (_, index) => leaf(index));

/** MTH, word by word as RFC 9162 section 2.1.1 has it. */
function definedRoot(hashes: readonly Uint8Array[]): Uint8Array {
  const [only] = hashes;
  if (hashes.length === 1 && only) return only;
  let k = 1;
  while (2 * k < hashes.length) k *= 2;
  return nodeHash(definedRoot(hashes.slice(0, k)), definedRoot(hashes.slice(k)));
}

const MOST = 70;
const nodes = MemoryNodes.of(leaves(MOST));

describe('the tree of RFC 9162', () => {
  it('gives the roots that Certificate Transparency publishes', () => {
    const inputs = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ];
    const roots = [
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ];
    const tree = new Frontier();
    expect(toHex(tree.root())).to.equal(roots[0]);
    inputs.forEach((input, index) => {
      tree.append(leafHash(fromHex(input)));
      expect(toHex(tree.root())).to.equal(roots[index + 1]);
    });
  });

  it('has the root of the definition at every size, from nodes and from the frontier', () => {
    const frontier = new Frontier();
    for (let size = 1; size <= MOST; size++) {
      frontier.append(leaf(size - 1));
      const root = toHex(definedRoot(leaves(size)));
      expect(toHex(treeRoot(size, nodes))).to.equal(root);
      expect(toHex(frontier.root())).to.equal(root);
    }
    expect(frontier.size).to.equal(MOST);
  });

  it('proves every leaf of every size, and no other leaf, place, size or root by the same proof', () => {
    for (let size = 1; size <= 24; size++) {
      const root = treeRoot(size, nodes);
      for (let index = 0; index < size; index++) {
        const proof = inclusionProof(index, size, nodes);
        const claim = { leaf: leaf(index), index, size, proof, root };
        expect(verifyInclusion(claim)).to.equal(true);
        expect(verifyInclusion({ ...claim, leaf: leaf(size) })).to.equal(false);
        expect(verifyInclusion({ ...claim, root: leaf(0) })).to.equal(size === 1 && index === 0);
        expect(verifyInclusion({ ...claim, proof: [...proof, leaf(1)] })).to.equal(false);
        if (size > 1) expect(verifyInclusion({ ...claim, proof: proof.slice(1) })).to.equal(false);
        for (let other = 0; other < size; other++) {
          if (other !== index) expect(verifyInclusion({ ...claim, index: other })).to.equal(false);
        }
      }
    }
  });

  it('proves that every tree begins every larger one, and nothing else', () => {
    for (let to = 1; to <= 40; to++) {
      const toRoot = treeRoot(to, nodes);
      for (let from = 1; from <= to; from++) {
        const fromRoot = treeRoot(from, nodes);
        const proof = consistencyProof(from, to, nodes);
        const claim = { from, to, fromRoot, toRoot, proof };
        expect(verifyConsistency(claim), `${from} in ${to}`).to.equal(true);
        expect(verifyConsistency({ ...claim, toRoot: leaf(99) })).to.equal(false);
        expect(verifyConsistency({ ...claim, fromRoot: leaf(99) })).to.equal(false);
        expect(verifyConsistency({ ...claim, proof: [...proof, leaf(1)] })).to.equal(false);
        if (proof.length > 0)
          expect(verifyConsistency({ ...claim, proof: proof.slice(0, -1) })).to.equal(false);
      }
    }
  });

  it('refuses numbers that are none, and proofs of other lengths, without throwing', () => {
    const anything = fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger());
    const hashes = fc.array(fc.uint8Array({ minLength: 31, maxLength: 33 }), { maxLength: 5 });
    fc.assert(
      fc.property(anything, anything, hashes, (a, b, proof) => {
        const root = leaf(999);
        expect(verifyInclusion({ leaf: leaf(0), index: a, size: b, proof, root })).to.equal(false);
        const claim = { from: a, to: b, fromRoot: root, toRoot: leaf(998), proof };
        expect(verifyConsistency(claim)).to.equal(false);
      }),
    );
  });

  it('says which node is missing where the store is of a smaller tree', () => {
    const small = MemoryNodes.of(leaves(3));
    expect(() => treeRoot(5, small))
      .to.throw(EvidenceError, 'node 0 on level 2')
      .with.property('code', 'TREE_NODE_MISSING');
    expect(() => nodesOfLeaf(5, leaf(5), small)).to.throw(EvidenceError, 'node 4 on level 0');
    expect(() => inclusionProof(3, 3, small)).to.throw(RangeError);
    expect(() => consistencyProof(0, 3, small)).to.throw(RangeError);
  });
});

describe('the tree at a million events', () => {
  const SIZE = 1_000_003;

  /** A store whose nodes are made up: what is counted is how often it is asked. */
  function countingNodes(): { get: (level: number, index: number) => Uint8Array; reads: number } {
    const store = {
      reads: 0,
      get: (level: number, index: number) => (store.reads++, leaf(level * 2 ** 21 + index)),
    };
    return store;
  }

  it('reads few nodes for a root and for proofs, and a proof has at most 20 hashes', () => {
    for (const index of [0, 1, 524_287, 524_288, 999_999, SIZE - 1]) {
      const store = countingNodes();
      expect(inclusionProof(index, SIZE, store)).to.have.length.at.most(20);
      expect(store.reads).to.be.at.most(30);
    }
    for (const from of [1, 3, 65_536, 999_999]) {
      const store = countingNodes();
      consistencyProof(from, SIZE, store);
      expect(store.reads).to.be.at.most(60);
    }
    const store = countingNodes();
    treeRoot(SIZE, store);
    expect(store.reads).to.be.at.most(20);
  });
});
