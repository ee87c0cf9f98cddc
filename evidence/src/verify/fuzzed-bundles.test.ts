import { damageBundles } from '../testing/damage-bundles.js';

describe('bundles whose blocks and transactions somebody has rewritten field by field', function () {
  this.timeout(60_000);

  for (const kind of ['blocks', 'proofs'] as const) {
    it(`are refused or differ: a bundle of ${kind}`, () => {
      damageBundles(kind, 100);
    });
  }
});
