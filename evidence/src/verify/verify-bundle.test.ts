import { expect } from 'chai';
import { Story } from '../testing/story.js';
import { verifyBundle } from './index.js';

describe('verifyBundle', function () {
  this.timeout(60_000);
  const story = new Story();
  const { genesisHash } = story.chain;

  for (const kind of ['blocks', 'proofs'] as const) {
    it(`finds that a bundle of ${kind} holds`, () => {
      const bytes = story.bytes(kind, undefined, [story.opening]);
      const verdict = verifyBundle(bytes, { genesisHash });
      expect(verdict.lines.filter(({ status }) => status === 'fails')).to.deep.equal([]);
      expect(verdict.verdict).to.equal('verified');
    });
  }
});
