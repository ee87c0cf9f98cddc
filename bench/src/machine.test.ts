import { expect } from 'chai';

import { hashedIn, verificationsIn } from './machine.js';

describe('what openssl speed says', () => {
  it('is read where it speaks of ECDSA, and nowhere else', () => {
    expect(verificationsIn('+DTP:256:sign:ecdsa\n+F4:3:256:33408.0:12252.5\n')).to.equal(12252.5);
    expect(verificationsIn('version: 3.0\n')).to.equal(undefined);
  });

  it('is read where it speaks of SHA-256', () => {
    expect(hashedIn('+H:16384\n+F:6:sha256:1071993535.35\n')).to.equal(1071993535.35);
    expect(hashedIn('version: 3.0\n')).to.equal(undefined);
  });
});
