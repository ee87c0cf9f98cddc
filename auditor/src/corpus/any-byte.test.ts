import { expect } from 'chai';
import { invalidKinds, validKinds } from '@passage/ledger/generator';
import { forEachBlock } from '../testing/any-byte.js';

/** Every 90th byte or so, so that each run looks at other places of each kind of field. */
const STRIDE = 89;

describe('one byte of a small chain changed, in a sample of places', function () {
  this.timeout(60_000);

  it('is refused, or found, or changes no verdict', () => {
    const outcomes = { refused: 0, detected: 0, same: 0 };
    let offset = 0;
    forEachBlock([validKinds.put, invalidKinds.staleRead, validKinds.configUpdate], (target) => {
      const { bytes } = target;
      for (; offset < bytes.length; offset += STRIDE) {
        const changed = Uint8Array.from(bytes);
        changed[offset] = (changed[offset] ?? 0) ^ (1 << (offset % 8));
        outcomes[target.outcomeOf(changed)] += 1;
      }
      offset -= bytes.length;
    });
    expect(outcomes.detected).to.be.greaterThan(10 * outcomes.same);
    expect(outcomes.refused).to.be.greaterThan(0);
  });
});
