import { expect } from 'chai';
import fc from 'fast-check';
import { compactVerify, CompactSign, importJWK } from 'jose';
import { utf8 } from '../bytes/bytes.js';
import { decodeBase64url, encodeBase64url } from '../bytes/base64url.js';
import { PassageError } from '../errors/passage-error.js';
import type { Violation } from '../errors/violations.js';
import type { SignatureAlgorithm } from '../jwk/public-jwk.js';
import { assembleStatement, statementSigningInput } from './build-statement.js';
import { readStatement } from './read-statement.js';
import { isStatementId, statementId } from './statement-id.js';
import { STATEMENT_TYPE, type StatementHeader } from './statement.js';
import { headerOf, newSigner, signRaw, signStatement } from './testing/signer.js';
import { verifyStatement } from './verify-statement.js';

const algorithms: readonly SignatureAlgorithm[] = ['ES256', 'EdDSA'];
const signers = { ES256: newSigner('ES256'), EdDSA: newSigner('EdDSA') };
const other = { ES256: newSigner('ES256'), EdDSA: newSigner('EdDSA') };
const prev = statementId('before');
const payload = { type: 'ObjectEvent', action: 'OBSERVE' };

function errorOf(act: () => unknown): PassageError {
  try {
    act();
  } catch (error) {
    if (error instanceof PassageError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

function pointersOf(error: PassageError): string[] {
  return (error.details['violations'] as unknown as Violation[]).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  );
}

for (const algorithm of algorithms) {
  const signer = signers[algorithm];

  describe(`a statement with ${algorithm}`, () => {
    it('is read and verified as it was signed', () => {
      const jws = signStatement(signer, payload, { seq: 7, prev });
      const statement = verifyStatement(readStatement(jws), signer.jwk);
      expect(statement.header).to.deep.equal({ ...headerOf(signer), seq: 7, prev });
      expect(statement.payload).to.deep.equal(payload);
      expect(statement.jws).to.equal(jws);
      expect(statement.verified).to.equal(true);
    });

    it('is verified by jose as well, and one that jose signed is verified here', async () => {
      const key = await importJWK({ ...signer.jwk }, algorithm);
      const verified = await compactVerify(signStatement(signer, payload), key);
      expect(verified.protectedHeader).to.deep.equal(headerOf(signer));
      const byJose = await new CompactSign(utf8('{"a":1}'))
        .setProtectedHeader({ ...headerOf(signer) })
        .sign(signer.privateKey);
      expect(verifyStatement(readStatement(byJose), signer.jwk).payload).to.deep.equal({ a: 1 });
    });

    it('does not verify with another key, nor with one of the other kind', () => {
      const statement = readStatement(signStatement(signer, payload));
      for (const { jwk } of [...Object.values(other), signers[algorithm === 'ES256' ? 'EdDSA' : 'ES256']]) {
        expect(errorOf(() => verifyStatement(statement, jwk)).code).to.equal('SIGNATURE_INVALID');
      }
    });

    it('does not verify when somebody else signed it under the kid of the key', () => {
      const input = statementSigningInput(headerOf(signer), utf8(JSON.stringify(payload)));
      const forged = assembleStatement(input, other[algorithm].sign(input));
      expect(errorOf(() => verifyStatement(readStatement(forged), signer.jwk))).to.include({
        code: 'SIGNATURE_INVALID',
      });
    });

    it('does not verify when its header claims the algorithm of the other kind of key', () => {
      const alg = algorithm === 'ES256' ? 'EdDSA' : 'ES256';
      const statement = readStatement(signStatement(signer, payload, { alg }));
      expect(errorOf(() => verifyStatement(statement, signer.jwk)).code).to.equal('SIGNATURE_INVALID');
    });

    it('never verifies with one character changed', () => {
      const jws = signStatement(signer, payload);
      const at = fc.integer({ min: 0, max: jws.length - 1 });
      const sign = fc.constantFrom(
        ...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+ é'),
      );
      fc.assert(
        fc.property(at, sign, (index, character) => {
          fc.pre(jws[index] !== character);
          const mutated = jws.slice(0, index) + character + jws.slice(index + 1);
          errorOf(() => verifyStatement(readStatement(mutated), signer.jwk));
        }),
        { numRuns: 1000 },
      );
    });

    it('never verifies with bits of its signature flipped', () => {
      const statement = readStatement(signStatement(signer, payload));
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 1, max: 255 }), (index, mask) => {
          const signature = statement.signature.map((byte, at) => (at === index ? byte ^ mask : byte));
          errorOf(() => verifyStatement({ ...statement, signature }, signer.jwk));
        }),
      );
    });
  });
}

describe('statementId', () => {
  it('is a named-information URI over the signing input', () => {
    const { signingInput, statementId: id } = readStatement(signStatement(signers.ES256, payload));
    expect(id).to.equal(statementId(signingInput));
    expect(statementId('abc')).to.equal('ni:///sha-256;ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  });

  it('is the same for a second signature over the same bytes, with a high S as with a low one', () => {
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const statement = readStatement(signStatement(signers.ES256, payload));
    const signature = Buffer.from(statement.signature);
    const s = order - BigInt(`0x${signature.subarray(32).toString('hex')}`);
    const twin = Buffer.concat([
      signature.subarray(0, 32),
      Buffer.from(s.toString(16).padStart(64, '0'), 'hex'),
    ]);
    const second = verifyStatement(
      readStatement(assembleStatement(statement.signingInput, twin)),
      signers.ES256.jwk,
    );
    verifyStatement(statement, signers.ES256.jwk);
    expect(second.jws).not.to.equal(statement.jws);
    expect(second.statementId).to.equal(statement.statementId);
  });

  it('has one form only', () => {
    expect(isStatementId(prev)).to.equal(true);
    for (const text of [
      prev.slice(0, -1),
      `${prev}A`,
      prev.replace('///', '//'),
      `${prev.slice(0, -1)}B`,
      '',
    ]) {
      expect(isStatementId(text), text).to.equal(false);
    }
  });
});

describe('readStatement', () => {
  const signer = signers.EdDSA;
  const header = headerOf(signer);
  const raw = (change: object): string => signRaw(signer, JSON.stringify({ ...header, ...change }), '{}');

  it('never throws anything but a PassageError', () => {
    const part = fc.oneof(
      fc.base64String(),
      fc.json().map((text) => Buffer.from(text).toString('base64url')),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part, { maxLength: 5 }).map((parts) => parts.join('.')),
        ),
        (text) => {
          errorOf(() => readStatement(text));
        },
      ),
    );
  });

  it('lists everything that is wrong with a header', () => {
    const error = errorOf(() =>
      readStatement(raw({ typ: 'JWT', kid: 'x', aud: 'AB'.repeat(32), seq: 0, jwk: {} })),
    );
    expect(error.code).to.equal('INVALID_HEADER');
    expect(pointersOf(error)).to.deep.equal([
      '/jwk UNKNOWN_MEMBER',
      '/typ VALUE',
      '/kid VALUE',
      '/aud VALUE',
      '/seq VALUE',
      '/prev MISSING',
    ]);
  });

  it('wants the whole genesis hash and nothing around it', () => {
    for (const aud of [`0${'ab'.repeat(32)}`, `${'ab'.repeat(32)}0`, 'ab'.repeat(31)]) {
      expect(pointersOf(errorOf(() => readStatement(raw({ aud }))))).to.deep.equal(['/aud VALUE']);
    }
  });

  it('wants prev after the first statement and not in it', () => {
    expect(pointersOf(errorOf(() => readStatement(raw({ prev }))))).to.deep.equal(['/prev UNKNOWN_MEMBER']);
    expect(pointersOf(errorOf(() => readStatement(raw({ seq: 2 }))))).to.deep.equal(['/prev MISSING']);
    expect(pointersOf(errorOf(() => readStatement(raw({ seq: 2, prev: 'x' }))))).to.deep.equal([
      '/prev VALUE',
    ]);
    expect(readStatement(raw({ seq: 2, prev })).header.prev).to.equal(prev);
  });

  for (const seq of [0, -1, 1.5, '1', null, true]) {
    it(`refuses seq ${JSON.stringify(seq)}`, () => {
      expect(pointersOf(errorOf(() => readStatement(raw({ seq, prev }))))).to.deep.equal(['/seq VALUE']);
    });
  }

  it('takes the largest sequence number and none above', () => {
    expect(readStatement(raw({ seq: Number.MAX_SAFE_INTEGER, prev })).header.seq).to.equal(2 ** 53 - 1);
    const text = JSON.stringify({ ...header, prev }).replace('"seq":1', '"seq":9007199254740993');
    expect(errorOf(() => readStatement(signRaw(signer, text, '{}'))).code).to.equal('UNSAFE_NUMBER');
  });

  for (const alg of ['none', 'None', 'HS256', 'RS256', 'ES384', 'es256', 'Ed25519']) {
    it(`refuses the algorithm ${alg}`, () => {
      expect(errorOf(() => readStatement(raw({ alg }))).code).to.equal('UNSUPPORTED_ALGORITHM');
    });
  }

  it('refuses a header with a member twice, crit, or b64', () => {
    const twice = JSON.stringify(header).replace('{', '{"seq":2,');
    expect(errorOf(() => readStatement(signRaw(signer, twice, '{}'))).code).to.equal('DUPLICATE_MEMBER');
    for (const change of [{ crit: ['exp'] }, { b64: false, crit: ['b64'] }, { zip: 'DEF' }, { cty: 'x' }]) {
      expect(errorOf(() => readStatement(raw(change))).code).to.equal('INVALID_HEADER');
    }
  });

  it('says of broken JSON whether header or payload is meant', () => {
    expect(errorOf(() => readStatement(signRaw(signer, '{', '{}'))).message).to.contain(
      'The protected header',
    );
    expect(errorOf(() => readStatement(signRaw(signer, JSON.stringify(header), '{"a":1,"a":2}')))).to.include(
      {
        code: 'DUPLICATE_MEMBER',
        message: 'The payload has the same member twice (character 10, at /a)',
      },
    );
    expect(errorOf(() => readStatement(signRaw(signer, JSON.stringify(header), '[]'))).code).to.equal(
      'INVALID_STATEMENT',
    );
  });

  it('refuses text around the parts, other parts, and a signature of another length', () => {
    const jws = raw({});
    const [first = '', second = '', third = ''] = jws.split('.');
    for (const text of [
      '',
      '.',
      '..',
      `${first}.${second}`,
      `${jws}.`,
      `${jws}.AA`,
      ` ${jws}`,
      `${jws}\n`,
      `${first}..${third}`,
    ]) {
      expect(errorOf(() => readStatement(text)).code, text).to.match(/^INVALID_(STATEMENT|JSON)$/);
    }
    for (const length of [0, 63, 65, 128]) {
      const signature = encodeBase64url(new Uint8Array(length));
      expect(errorOf(() => readStatement(`${first}.${second}.${signature}`)).code).to.equal(
        'INVALID_STATEMENT',
      );
    }
  });

  it('refuses what is too large before it reads it, and takes what just fits', () => {
    expect(errorOf(() => readStatement('A'.repeat(65_537)))).to.deep.include({
      code: 'TOO_LARGE',
      details: { limit: 65_536 },
    });
    expect(errorOf(() => readStatement('A'.repeat(65_536))).code).to.equal('INVALID_STATEMENT');
    const padded = (length: number): string => signRaw(signer, JSON.stringify(header).padEnd(length), '{}');
    expect(readStatement(padded(1024)).header).to.deep.equal(header);
    expect(errorOf(() => readStatement(padded(1025))).code).to.equal('TOO_LARGE');
  });

  it('keeps the payload bytes as they were signed', () => {
    const spaced = '{ "b" : 1.0,\n"a":[ ] }';
    const statement = readStatement(signRaw(signer, JSON.stringify(header), spaced));
    expect(verifyStatement(statement, signer.jwk).payload).to.deep.equal({ b: 1, a: [] });
    expect(decodeBase64url(statement.signingInput.split('.')[1] ?? '')).to.deep.equal(utf8(spaced));
  });
});

describe('statementSigningInput', () => {
  it('refuses a header that no reader would take', () => {
    const header = { ...headerOf(signers.ES256), seq: 2 } as StatementHeader;
    expect(errorOf(() => statementSigningInput(header, utf8('{}'))).code).to.equal('INVALID_HEADER');
  });

  it('writes the members in one order and the payload as it is', () => {
    const [header = '', body = ''] = statementSigningInput(headerOf(signers.ES256), utf8('{ }')).split('.');
    expect(Buffer.from(header, 'base64url').toString()).to.match(
      /^{"alg":"ES256","aud":".*","kid":".*","seq":1,"typ":/,
    );
    expect(Buffer.from(body, 'base64url').toString()).to.equal('{ }');
    expect(STATEMENT_TYPE).to.equal('passage-statement-1+jws');
  });
});
