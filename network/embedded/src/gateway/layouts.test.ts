import { expect } from 'chai';
import fc from 'fast-check';

import { endorsementLayouts } from './layouts.js';

const ORGANIZATIONS = ['customs', 'port', 'business', 'auditor'] as const;
type Name = (typeof ORGANIZATIONS)[number];

const twoOfThree = (set: readonly Name[]): boolean => set.filter((name) => name !== 'auditor').length >= 2;

describe('endorsementLayouts', () => {
  it('puts the sets with the preferred organisation first', () => {
    expect(endorsementLayouts(ORGANIZATIONS, 'business', twoOfThree)).to.deep.equal([
      ['customs', 'business'],
      ['port', 'business'],
      ['customs', 'port'],
    ]);
  });

  it('does not add the preferred organisation where the policy does not ask for it', () => {
    const layouts = endorsementLayouts(ORGANIZATIONS, 'auditor', twoOfThree);
    expect(layouts).to.have.length(3);
    for (const layout of layouts) expect(layout).not.to.include('auditor');
  });

  it('prefers a larger set with the preferred organisation to a smaller one without', () => {
    const suffices = (set: readonly Name[]): boolean =>
      set.includes('customs') || (set.includes('port') && set.includes('business'));
    expect(endorsementLayouts(ORGANIZATIONS, 'port', suffices)).to.deep.equal([
      ['port', 'business'],
      ['customs'],
    ]);
  });

  it('finds none where not even all suffice', () => {
    expect(endorsementLayouts(ORGANIZATIONS, 'customs', () => false)).to.deep.equal([]);
  });

  it('gives only sets that suffice and from which nobody can be left out', () => {
    const members = fc.subarray([...ORGANIZATIONS], { minLength: 1 });
    fc.assert(
      fc.property(
        fc.array(members, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(...ORGANIZATIONS),
        (enough, own) => {
          const suffices = (set: readonly Name[]): boolean =>
            enough.some((needed) => needed.every((name) => set.includes(name)));
          const layouts = endorsementLayouts(ORGANIZATIONS, own, suffices);
          expect(layouts).not.to.be.empty;
          for (const layout of layouts) {
            expect(suffices(layout)).to.equal(true);
            for (const spare of layout)
              expect(suffices(layout.filter((name) => name !== spare))).to.equal(false);
          }
        },
      ),
    );
  });
});
