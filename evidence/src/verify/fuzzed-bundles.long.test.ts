import { damageBundles } from '../testing/damage-bundles.js';

describe('bundles whose blocks and transactions somebody has rewritten, many times over', function () {
  this.timeout(3_600_000);

  for (const kind of ['blocks', 'proofs'] as const) {
    it(`are refused or differ: a bundle of ${kind}`, () => {
      damageBundles(kind, 5_000);
    });
  }
});
