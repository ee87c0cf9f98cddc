import { expect } from 'chai';

import { placeOf } from './place.js';

describe('placeOf', () => {
  const unlocode = 'https://vocabulary.uncefact.org/unlocode#KRPUS';

  it('prefers what names a UN/LOCODE: a moving device says where it is and at which place', () => {
    expect(placeOf({ readPoint: { id: 'geo:35.1,129.0' }, bizLocation: { id: unlocode } })).to.equal(
      unlocode,
    );
    expect(placeOf({ readPoint: { id: unlocode }, bizLocation: { id: 'geo:0,0' } })).to.equal(unlocode);
    expect(placeOf({ readPoint: { id: 'geo:35.1,129.0' } })).to.equal('geo:35.1,129.0');
    expect(placeOf({ readPoint: 'nonsense' })).to.equal(undefined);
  });
});
