import { compareWithOpenSsl } from './testing/compare-with-openssl.js';

describe('a batch verifier, for long', function () {
  this.timeout(600_000);

  for (const encoding of ['der', 'ieee-p1363'] as const) {
    it(`has the verdict of OpenSSL for each of 50,000 signatures in ${encoding}`, () => {
      compareWithOpenSsl(196, encoding);
    });
  }
});
