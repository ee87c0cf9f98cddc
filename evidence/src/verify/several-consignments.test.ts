import { expect } from 'chai';
import { testUcr } from '@passage/domain/testing';
import { ShipmentCollector } from '../build/index.js';
import { writeBundle } from '../bundle/index.js';
import { FOREIGN_UCR, goTogether, Story } from '../testing/story.js';
import { verifyBundle } from './index.js';
import type { EvidenceBundle } from '../bundle/index.js';

describe('a command about several consignments', function () {
  this.timeout(60_000);
  const story = new Story({ more: goTogether });
  const { genesisHash } = story.chain;
  const foreign = new ShipmentCollector(FOREIGN_UCR);
  for (const block of story.judged) foreign.take(block);
  const collectors = [story.collector, foreign];
  const together = story.collector.events.at(-1);

  const verdictOf = (bundle: EvidenceBundle): unknown => {
    const { verdict, lines } = verifyBundle(writeBundle(bundle), { genesisHash });
    return { verdict, faults: lines.flatMap((line) => (line.status === 'fails' ? [line.code] : [])) };
  };

  it('is an event of each of them, the same in both bundles', () => {
    expect(collectors.map(({ ucr }) => ucr)).to.deep.equal([testUcr, FOREIGN_UCR]);
    for (const { events } of collectors) expect(events.at(-1)).to.deep.equal(together);
  });

  for (const kind of ['blocks', 'proofs'] as const) {
    for (const collector of collectors) {
      const bundle = story.bundle(kind, undefined, [], collector);

      it(`belongs to all events of ${collector.ucr}, in a bundle of ${kind}`, () => {
        expect(bundle.events.at(-1)?.id).to.equal(together?.id);
        expect(verdictOf(bundle)).to.deep.equal({ verdict: 'verified', faults: [] });
      });

      it(`is missed where it is shown for the other alone, and not for ${collector.ucr}: ${kind}`, () => {
        const without = { ...bundle, events: bundle.events.slice(0, -1) };
        expect(verdictOf(without))
          .to.deep.include({ verdict: 'differs' })
          .and.have.nested.property('faults[0]', 'EVENTS_OTHER');
      });
    }
  }
});
