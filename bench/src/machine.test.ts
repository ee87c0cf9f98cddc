import { expect } from 'chai';

import { verificationsIn } from './machine.js';

describe('what openssl speed says', () => {
  it('is read where it speaks of ECDSA, and nowhere else', () => {
    expect(verificationsIn('+DTP:256:sign:ecdsa\n+F4:3:256:33408.0:12252.5\n')).to.equal(12252.5);
    expect(verificationsIn('version: 3.0\n')).to.equal(undefined);
  });
});
