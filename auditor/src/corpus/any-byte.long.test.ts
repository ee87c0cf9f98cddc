import { expect } from 'chai';
import { invalidKinds, validKinds } from '@passage/ledger/generator';
import { forEachBlock } from '../testing/any-byte.js';

describe('every single byte of a small chain changed', () => {
  it('is refused, or found, or changes no verdict', () => {
    const outcomes = { refused: 0, detected: 0, same: 0 };
    const { put, keyPolicy, privateData, configUpdate } = validKinds;
    const script = [put, invalidKinds.staleRead, keyPolicy, privateData, configUpdate, put];
    forEachBlock(script, (target) => {
      const { bytes } = target;
      for (let offset = 0; offset < bytes.length; offset++) {
        const changed = Uint8Array.from(bytes);
        changed[offset] = (changed[offset] ?? 0) ^ (1 << (offset % 8));
        outcomes[target.outcomeOf(changed)] += 1;
      }
    });
    expect(outcomes.detected).to.be.greaterThan(20 * outcomes.same);
    process.stdout.write(`      ${JSON.stringify(outcomes)}\n`);
  });
});
