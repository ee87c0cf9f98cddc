import { partyCaller, testUcr } from './cast.js';
import type { TestWorld } from './test-world.js';

/** What `look` sees while customs holds the test shipment; the hold, the shipment's first, is lifted afterwards. */
export function whileHeld<Seen>(world: TestWorld, look: () => Seen): Seen {
  const officer = partyCaller('OFFICER1');
  const about = { ucr: testUcr, legalBasis: 'art. 188' };
  world.play(officer, 'DetainGoods', { requestId: 'hold', ...about });
  const seen = look();
  world.play(officer, 'ReleaseHold', { requestId: 'lift', ...about, hold: 1, response: '9' });
  return seen;
}
