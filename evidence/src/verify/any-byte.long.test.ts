import { expect } from 'chai';
import { passedMutations } from '../testing/any-byte.js';
import { Story } from '../testing/story.js';

describe('a bundle with any one byte changed', function () {
  this.timeout(3_600_000);
  const story = new Story({ short: true });

  for (const kind of ['blocks', 'proofs'] as const) {
    it(`of kind ${kind} is refused, or differs, or says the very same, at every byte`, () => {
      const bytes = story.bytes(kind);
      const mutations = Array.from(bytes, (_, at) => [at, 1 + (at % 31)] as const);
      expect(passedMutations(bytes, story.chain.genesisHash, mutations)).to.deep.equal([]);
    });
  }
});
