import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import type { JWK } from 'jose';

import { Refusal } from '../errors.js';
import { DEFAULT_AUDIENCE, LOCAL_ISSUER, openLocalIssuer, rotateLocalIssuer } from './local-issuer.js';
import type { LocalIssuer } from './local-issuer.js';
import { tokenVerifier } from './verify-token.js';
import type { TokenVerifier } from './verify-token.js';

const caller = { org: 'business', party: 'P', role: 'carrier', admin: false };

describe('tokens', () => {
  let dir: string;
  let issuer: LocalIssuer;
  let verify: TokenVerifier;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'passage-issuer-'));
    issuer = await openLocalIssuer(dir);
    verify = tokenVerifier({ jwks: issuer.jwksPath, issuer: LOCAL_ISSUER, audience: DEFAULT_AUDIENCE });
  });
  afterEach(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  /** The code with which a token is refused. */
  const codeOf = async (token: string, by = verify): Promise<unknown> => {
    const error: unknown = await by(token).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error === undefined) return 'accepted';
    expect(error).to.be.instanceOf(Refusal);
    const { code, facts, message } = error as Refusal;
    expect(facts.status).to.equal(code === 'ISSUER_UNAVAILABLE' ? 503 : 401);
    expect(message).not.to.contain(token);
    return code;
  };
  const claims = { ...caller, client_id: 'port-system', iat: 0 };
  /** A token of the issuer's own key, changed in one way. */
  const made = (header: object = {}, payload: object = {}, key = secret): string => {
    const now = Math.floor(Date.now() / 1000);
    const parts = [
      { alg: 'ES256', typ: 'at+jwt', kid, ...header },
      {
        ...{
          iss: LOCAL_ISSUER,
          aud: DEFAULT_AUDIENCE,
          sub: 'x',
          jti: 'j',
          ...claims,
          iat: now,
          exp: now + 60,
        },
        ...payload,
      },
    ];
    const input = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  };
  let secret: KeyObject;
  let kid: string;
  beforeEach(() => {
    const jwk = JSON.parse(readFileSync(join(dir, 'issuer/key.json'), 'utf8')) as JWK & {
      readonly kid: string;
    };
    secret = createPrivateKey({ key: jwk, format: 'jwk' });
    kid = jwk.kid;
  });

  it('say who asks', async () => {
    const { token, expires, ...who } = await verify(await issuer.token(caller));
    expect((expires ?? 0) - Date.now()).to.be.within(11 * 3_600_000, 12 * 3_600_000);
    expect(who).to.deep.equal({ subject: 'P.carrier', ...caller });
    expect(token).to.match(/^[0-9a-f-]{36}$/);
    expect(await verify(await issuer.token({ org: 'port', admin: true }))).to.deep.include({
      subject: 'admin@port',
      org: 'port',
      admin: true,
    });
    expect(await codeOf(made())).to.equal('accepted');
  });

  it('come from a key that only its owner can read, and that stays', async () => {
    expect(statSync(join(dir, 'issuer/key.json')).mode & 0o777).to.equal(0o600);
    expect(readFileSync(issuer.jwksPath, 'utf8')).not.to.contain('"d"');
    const again = await openLocalIssuer(dir);
    expect(await verify(await again.token(caller))).to.include({ party: 'P' });
  });

  const now = Math.floor(Date.now() / 1000);
  const table: Readonly<Record<string, readonly [code: string, header?: object, payload?: object]>> = {
    expired: ['TOKEN_EXPIRED', {}, { exp: now - 60 }],
    'for another audience': ['TOKEN_NOT_FOR_HERE', {}, { aud: 'others' }],
    'for no audience': ['TOKEN_NOT_FOR_HERE', {}, { aud: undefined }],
    'of another issuer': ['TOKEN_NOT_FOR_HERE', {}, { iss: 'https://issuer.example' }],
    'an id token': ['TOKEN_MALFORMED', { typ: 'JWT' }],
    'without a type': ['TOKEN_MALFORMED', { typ: undefined }],
    'without an expiry': ['TOKEN_MALFORMED', {}, { exp: undefined }],
    'without a subject': ['TOKEN_MALFORMED', {}, { sub: undefined }],
    'without an id': ['TOKEN_MALFORMED', {}, { jti: undefined }],
    'without a client': ['TOKEN_MALFORMED', {}, { client_id: undefined }],
    'without its time': ['TOKEN_MALFORMED', {}, { iat: undefined }],
    'without an organisation': ['TOKEN_MALFORMED', {}, { org: '' }],
    'with a number for an organisation': ['TOKEN_MALFORMED', {}, { org: 7 }],
    'from the future': ['TOKEN_MALFORMED', {}, { iat: now + 600 }],
    'not valid yet': ['TOKEN_MALFORMED', {}, { nbf: now + 600 }],
    'of no key of the issuer': ['TOKEN_FORGED', { kid: '../../etc/passwd' }],
    'with a key that it names itself': [
      'TOKEN_FORGED',
      { kid: "x' OR 1=1", jku: 'https://evil.example/jwks' },
    ],
    'signed by none': ['TOKEN_FORGED', { alg: 'none' }],
    'of an algorithm that is critical to it': ['TOKEN_MALFORMED', { crit: ['b64'], b64: false }],
  };
  for (const [what, [code, header, payload]] of Object.entries(table)) {
    it(`are refused: ${what}`, async () => {
      expect(await codeOf(made(header, payload))).to.equal(code);
    });
  }

  it('are refused when another key has signed them, or nothing, or when a letter is changed', async () => {
    const another = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(await codeOf(made({}, {}, another.privateKey))).to.equal('TOKEN_FORGED');
    const jwk = another.publicKey.export({ format: 'jwk' });
    expect(await codeOf(made({ jwk, kid: undefined }, {}, another.privateKey))).to.equal('TOKEN_FORGED');
    const [header = '', , signature = ''] = made().split('.');
    const [, payload = ''] = made({}, { party: 'OTHER' }).split('.');
    expect(await codeOf(`${header}.${payload}.${signature}`)).to.equal('TOKEN_FORGED');
    expect(await codeOf(`${header}.${payload}.`)).to.equal('TOKEN_FORGED');
    for (const text of ['nonsense', 'a.b', 'a.b.c.d'])
      expect(await codeOf(text), text).to.equal('TOKEN_MALFORMED');
  });

  it("are refused when the issuer's public key has served as a secret, or for any other algorithm", async () => {
    const pem = createPublicKey(secret).export({ type: 'spki', format: 'pem' });
    const [, payload = ''] = made().split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'at+jwt', kid })).toString('base64url');
    const mac = createHmac('sha256', pem).update(`${header}.${payload}`).digest('base64url');
    expect(await codeOf(`${header}.${payload}.${mac}`)).to.equal('TOKEN_FORGED');
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    const jwks = join(dir, 'rsa.json');
    writeFileSync(jwks, JSON.stringify({ keys: [await exportJWK(publicKey)] }));
    const strict = tokenVerifier({ jwks, issuer: LOCAL_ISSUER, audience: DEFAULT_AUDIENCE });
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt' })
      .setExpirationTime('1 h')
      .sign(privateKey);
    expect(await codeOf(token, strict)).to.equal('TOKEN_FORGED');
  });

  it('survive a rotation of the key, and one only', async () => {
    const first = await issuer.token(caller);
    expect(await codeOf(first)).to.equal('accepted');
    const rotated = await rotateLocalIssuer(dir);
    utimesSync(rotated.jwksPath, 1, 1);
    const second = await rotated.token(caller);
    for (const token of [first, second]) expect(await codeOf(token)).to.equal('accepted');
    const again = await rotateLocalIssuer(dir);
    utimesSync(again.jwksPath, 2, 2);
    expect(await codeOf(await again.token(caller))).to.equal('accepted');
    expect(await codeOf(second)).to.equal('accepted');
    expect(await codeOf(first)).to.equal('TOKEN_FORGED');
  });

  describe('of an issuer behind a URL', () => {
    const url = 'https://issuer.example/realm';
    let asked: string[];
    let answers: Record<string, () => unknown>;
    const ask = (address: string): Promise<Response> => {
      asked.push(address);
      const answer = answers[address]?.();
      return Promise.resolve(
        answer === undefined ? new Response('', { status: 500 }) : Response.json(answer),
      );
    };
    const published = (): unknown => JSON.parse(readFileSync(issuer.jwksPath, 'utf8'));
    const token = (): string => made({}, { iss: url });
    beforeEach(() => {
      asked = [];
      answers = {
        [`${url}/.well-known/openid-configuration`]: () => ({ issuer: url, jwks_uri: `${url}/keys` }),
        [`${url}/keys`]: published,
      };
      verify = tokenVerifier({ issuer: url, audience: DEFAULT_AUDIENCE }, ask);
    });

    it('find their keys through its metadata, which are read once', async () => {
      expect(await codeOf(token())).to.equal('accepted');
      expect(await codeOf(token())).to.equal('accepted');
      expect(asked).to.deep.equal([`${url}/.well-known/openid-configuration`, `${url}/keys`]);
    });

    it('have an unknown key looked for again, but not each time', async () => {
      expect(await codeOf(token())).to.equal('accepted');
      for (let i = 0; i < 5; i++)
        expect(await codeOf(made({ kid: `unknown ${String(i)}` }, { iss: url }))).to.equal('TOKEN_FORGED');
      expect(asked.filter((each) => each.endsWith('/keys')).length).to.be.at.most(2);
    });

    it('cannot be checked while it does not answer, and can once it does', async () => {
      const metadata = answers[`${url}/.well-known/openid-configuration`];
      for (const wrong of [
        () => undefined,
        () => ({ issuer: 'https://other.example', jwks_uri: `${url}/keys` }),
      ]) {
        answers[`${url}/.well-known/openid-configuration`] = wrong;
        expect(await codeOf(token())).to.equal('ISSUER_UNAVAILABLE');
      }
      answers[`${url}/.well-known/openid-configuration`] = () => ({
        issuer: url,
        jwks_uri: 'http://issuer.example/keys',
      });
      expect(await codeOf(token())).to.equal('ISSUER_UNAVAILABLE');
      if (metadata) answers[`${url}/.well-known/openid-configuration`] = metadata;
      expect(await codeOf(token())).to.equal('accepted');
    });
  });
});
