import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';
import fc from 'fast-check';

import { Refusal } from '../errors.js';
import { SecretSeal, isSealed } from './secret-seal.js';

describe('the seal of secrets', () => {
  let keystore: string;
  beforeEach(() => (keystore = mkdtempSync(join(tmpdir(), 'passage-seal-'))));
  afterEach(() => {
    rmSync(keystore, { recursive: true, force: true });
  });
  const file = () => join(keystore, 'secrets.key');

  it('makes its key at the first start, for its owner alone to read, and takes the same one again', () => {
    const first = SecretSeal.of(keystore);
    expect(statSync(file()).mode & 0o777).to.equal(0o600);
    const sealed = first.seal('whsec_1', 'a');
    const again = SecretSeal.of(keystore);
    expect(again.keyId).to.equal(first.keyId);
    expect(again.open(sealed, 'a')).to.equal('whsec_1');
    expect(sealed).to.contain(first.keyId).and.not.contain(readFileSync(file(), 'utf8').trim());
  });

  it('opens what it has sealed, never the same way twice', () => {
    const seal = SecretSeal.of(keystore);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, owner) => {
        const sealed = seal.seal(text, owner);
        expect(isSealed(sealed)).to.equal(true);
        expect(sealed).not.to.equal(seal.seal(text, owner));
        expect(seal.open(sealed, owner)).to.equal(text);
      }),
    );
  });

  it('opens nothing that was changed, sealed for something else, or by another key', () => {
    const seal = SecretSeal.of(keystore);
    const sealed = seal.seal('a secret', 'row 1');
    expect(seal.open(sealed, 'row 2')).to.equal(undefined);
    rmSync(file());
    expect(SecretSeal.of(keystore).open(sealed, 'row 1')).to.equal(undefined);
    expect(seal.open('whsec_in clear', 'row 1')).to.equal(undefined);
    const [cipher, keyId, text = ''] = sealed.split(':');
    const bytes = Buffer.from(text, 'base64url');
    for (let i = 0; i < bytes.length; i++) {
      const other = Buffer.from(bytes);
      other[i] = (other[i] ?? 0) ^ 1;
      const changed = [cipher, keyId, other.toString('base64url')].join(':');
      expect(seal.open(changed, 'row 1')).to.equal(undefined);
      const cut = [cipher, keyId, bytes.subarray(0, i).toString('base64url')].join(':');
      expect(seal.open(cut, 'row 1')).to.equal(undefined);
    }
  });

  it('refuses a file that holds no key', () => {
    writeFileSync(file(), 'abc');
    expect(() => SecretSeal.of(keystore))
      .to.throw(Refusal, /secrets\.key holds no key/)
      .with.property('code', 'CONFIG_INVALID');
  });
});
