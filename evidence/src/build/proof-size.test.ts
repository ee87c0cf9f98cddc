import { encodeBase64url } from '@passage/domain';
import { toHex } from '@passage/ledger';
import { expect } from 'chai';
import { eventLeaf } from '../events/index.js';
import { TREE_HEAD_FORMAT, treeHeadBytes } from '../head/index.js';
import { signedBy, Story } from '../testing/story.js';
import { inclusionProof, nodeHash, treeRoot, verifyInclusion } from '../tree/index.js';
import type { TreeHead } from '../head/index.js';
import type { TreeNodes } from '../tree/index.js';

const EVENTS = 1_000_000;
const ID = 'ni:///sha-256;BzJMvJT9pU0vrjRB8mUUsJmvMedqfg_zERoSk7TDNqo';

/** A tree whose leaves are all the same, so that a level has one hash: a real one, made at once. */
function uniformTree(leaf: Uint8Array): TreeNodes {
  const levels = [leaf];
  for (let level = 1; level < 21; level++) {
    const below = levels[level - 1] ?? leaf;
    levels.push(nodeHash(below, below));
  }
  return { get: (level) => levels[level] };
}

describe('evidence of one event among a million', function () {
  this.timeout(60_000);
  const { chain, speakers } = new Story({ short: true });
  const leaf = eventLeaf(ID);
  const nodes = uniformTree(leaf);
  const root = treeRoot(EVENTS, nodes);

  it('is at most 2 kB, beside a head of at most 8 kB that four organisations have signed', () => {
    const head: TreeHead = {
      format: TREE_HEAD_FORMAT,
      network: 'fabric',
      genesisHash: chain.genesisHash,
      height: 900_000,
      size: EVENTS,
      root: toHex(root),
    };
    const signatures = speakers.map((one) => signedBy(one, treeHeadBytes(head)));
    expect(signatures).to.have.length(4);
    expect(JSON.stringify({ head, signatures })).to.have.length.at.most(8192);
    for (const index of [0, 524_288, EVENTS - 1]) {
      const proof = inclusionProof(index, EVENTS, nodes);
      expect(verifyInclusion({ leaf, index, size: EVENTS, proof, root })).to.equal(true);
      const event = { id: ID, leaf: index, path: proof.map(encodeBase64url) };
      expect(JSON.stringify(event)).to.have.length.at.most(2048);
    }
  });
});
