import { generateKeyPairSync, verify } from 'node:crypto';

import { expect } from 'chai';

import { lowSSigner } from './signer.js';

const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

describe('lowSSigner', () => {
  it('makes DER signatures with a low S that hold', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const sign = lowSSigner(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    for (let i = 0; i < 200; i++) {
      const message = Buffer.from(`message ${String(i)}`);
      const signature = Buffer.from(await sign(message));
      expect(verify('sha256', message, publicKey, signature)).to.equal(true);
      expect(sOf(signature) <= N / 2n).to.equal(true);
    }
  });

  it('refuses a key on another curve', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => lowSSigner(pem)).to.throw(TypeError, /P-256/);
  });
});

function sOf(der: Buffer): bigint {
  const rLength = der[3] ?? 0;
  return BigInt(`0x${der.toString('hex', 4 + rLength + 2)}`);
}
