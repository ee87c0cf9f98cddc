import { expect } from 'chai';
import { PassageError } from '../errors/passage-error.js';
import type { SignatureAlgorithm } from '../jwk/public-jwk.js';
import { assembleStatement } from './build-statement.js';
import { DEVICE_PROOF_TYPE, deviceProofSigningInput, verifyDeviceProof } from './device-proof.js';
import { newSigner, signRaw, signStatement } from './testing/signer.js';

const aud = '0b'.repeat(32);
const claim = { owner: 'PORT1', kind: 'plate_reader', place: 'KRPUS' };

function codeOf(jws: string): string {
  try {
    verifyDeviceProof(jws);
    return '';
  } catch (error) {
    if (error instanceof PassageError) return error.code;
    throw error;
  }
}

for (const algorithm of ['ES256', 'EdDSA'] as readonly SignatureAlgorithm[]) {
  const signer = newSigner(algorithm);
  const stranger = newSigner(algorithm);

  describe(`a device's proof with ${algorithm}`, () => {
    const input = deviceProofSigningInput(signer.jwk, aud, claim);
    const header = { alg: algorithm, typ: DEVICE_PROOF_TYPE, jwk: signer.jwk, aud };

    it('gives key, ledger and claim', () => {
      const proof = verifyDeviceProof(assembleStatement(input, signer.sign(input)));
      expect(proof).to.deep.equal({ kid: signer.kid, jwk: signer.jwk, aud, claim });
    });

    it('is refused when another key signed it', () => {
      expect(codeOf(assembleStatement(input, stranger.sign(input)))).to.equal('SIGNATURE_INVALID');
    });

    it('is refused with a key that is not public, or none', () => {
      const payload = JSON.stringify(claim);
      const withKey = (jwk: unknown): string => signRaw(signer, JSON.stringify({ ...header, jwk }), payload);
      expect(codeOf(withKey(signer.jwk))).to.equal('');
      expect(codeOf(withKey({ ...signer.jwk, d: signer.jwk.x }))).to.equal('INVALID_KEY');
      expect(codeOf(withKey('key'))).to.equal('INVALID_HEADER');
      expect(codeOf(withKey(undefined))).to.equal('INVALID_HEADER');
    });

    it('is refused with the type of a statement, and a statement is no proof', () => {
      const asStatement = { ...header, typ: 'passage-statement-1+jws' };
      expect(codeOf(signRaw(signer, JSON.stringify(asStatement), JSON.stringify(claim)))).to.equal(
        'INVALID_HEADER',
      );
      expect(codeOf(signStatement(signer, claim))).to.equal('INVALID_HEADER');
    });

    it('is refused when its header claims another algorithm than its key has', () => {
      const alg = algorithm === 'ES256' ? 'EdDSA' : 'ES256';
      expect(codeOf(signRaw(signer, JSON.stringify({ ...header, alg }), JSON.stringify(claim)))).to.equal(
        'SIGNATURE_INVALID',
      );
    });

    it('is refused when its claim lacks a word, has one too many, or one that is no text', () => {
      for (const bad of [
        {},
        { owner: 'A' },
        { ...claim, extra: 'x' },
        { ...claim, place: 1 },
        { ...claim, kind: '' },
      ]) {
        expect(
          codeOf(signRaw(signer, JSON.stringify(header), JSON.stringify(bad))),
          JSON.stringify(bad),
        ).to.equal('INVALID_FIELD');
      }
    });
  });
}
