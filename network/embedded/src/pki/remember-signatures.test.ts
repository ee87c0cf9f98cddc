import { BoundedSignatureMemo, readCertificatePem, signatureMemoKey } from '@passage/ledger';
import { expect } from 'chai';

import { organizationsFixture } from './organizations-fixture.js';
import { rememberSignatures } from './remember-signatures.js';

describe('rememberSignatures', function () {
  this.timeout(20_000);

  it('notes each signature under the key under which a verifier looks, and no other', async () => {
    const { organizations } = await organizationsFixture();
    const [customs] = organizations;
    if (customs === undefined) throw new Error('no organisation');
    const memo = new BoundedSignatureMemo(10);
    const remembering = rememberSignatures(customs, memo);
    for (const role of ['peer', 'orderer', 'admin'] as const) {
      const message = Buffer.from(`said by ${role}`);
      const signature = remembering[role].sign(message);
      const certificate = readCertificatePem(Buffer.from(customs[role].certificatePem));
      expect(memo.has(signatureMemoKey(certificate, message, signature))).to.equal(true);
      expect(memo.has(signatureMemoKey(certificate, Buffer.from('another'), signature))).to.equal(false);
      expect(certificate.publicKey.algorithm).to.equal('ECDSA');
    }
  });
});
