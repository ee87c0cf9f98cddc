import { expect } from 'chai';
import { arriveCrossed, confirms, filesLate, revokes, Story } from '../testing/story.js';
import { verifyBundle } from './index.js';
import type { More } from '../testing/story.js';
import type { BundleVerdict } from './index.js';

describe('what a bundle says of keys that were in other hands', function () {
  this.timeout(60_000);
  const verdict = (story: Story, kind: 'blocks' | 'proofs'): BundleVerdict =>
    verifyBundle(story.bytes(kind), { genesisHash: story.chain.genesisHash });
  const statusOf = ({ lines }: BundleVerdict): readonly string[] =>
    lines
      .filter(({ check }) => check === 'device-status')
      .map((line) => `${line.status}: ${line.text.replace(/ni:\/\/\S+/g, 'another')}`);
  const played = (more: More): Story => new Story({ more });

  const untold = 'clean: it was recorded before anything that became of the key counts';
  const reached = 'clean: a clean statement names it as the one before: another';
  const tainted = 'tainted: whoever had the key by then may have signed it, so it proves nothing by itself';

  for (const kind of ['blocks', 'proofs'] as const) {
    it(`is nothing while customs has not confirmed it: a bundle of ${kind}`, () => {
      const found = verdict(played([revokes()]), kind);
      expect(found.verdict).to.equal('verified');
      const [key, ...statements] = statusOf(found);
      expect(key).to.include('is revoked').and.include('counts for nothing until customs confirms it');
      expect(statements).to.deep.equal([`holds: ${untold}`, `holds: ${untold}`]);
    });

    it(`is that all is tainted which was recorded since, line by line: a bundle of ${kind}`, () => {
      const before = played([]);
      const [, second] = before.collector.events.filter(({ kid }) => kid !== undefined);
      const since = second?.block ?? 0;
      const found = verdict(played([revokes(since), confirms(since)]), kind);
      expect(found.verdict).to.equal('differs');
      const [key, ...statements] = statusOf(found);
      expect(key).to.include(`customs has confirmed that it was in other hands since block ${since}`);
      expect(statements).to.deep.equal([`holds: ${untold}`, `fails: ${tainted}`]);
    });

    it(`clears what a clean statement names as the one before: a bundle of ${kind}`, () => {
      const crossed = played(arriveCrossed()).collector.events;
      const since = crossed.at(-1)?.block ?? 0;
      const found = verdict(played([...arriveCrossed(), revokes(since), confirms(since)]), kind);
      expect(found.verdict).to.equal('verified');
      expect(statusOf(found).slice(1)).to.deep.equal([
        `holds: ${untold}`,
        `holds: ${untold}`,
        `holds: ${untold}`,
        `holds: ${reached}`,
      ]);
    });
  }

  it('is that what its owner filed late is unproven', () => {
    const found = verdict(played([revokes(), filesLate]), 'proofs');
    expect(statusOf(found).at(-1)).to.match(/^fails: unproven/);
  });

  it('is not asked where no statement vouches for it', () => {
    const story = played([revokes(), confirms()]);
    const { lines } = verifyBundle(story.bytes('blocks', []), { genesisHash: story.chain.genesisHash });
    expect(lines.find(({ check }) => check === 'device-status')).to.include({ status: 'not-checked' });
  });
});
