import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';
import { SignJWT, UnsecuredJWT, exportJWK, generateKeyPair } from 'jose';

import { Refusal } from '../errors.js';
import { DEFAULT_AUDIENCE, LOCAL_ISSUER, openLocalIssuer } from './local-issuer.js';
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
  const refusal = async (token: string): Promise<Refusal> => {
    const error: unknown = await verify(token).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(Refusal).with.property('code', 'UNAUTHENTICATED');
    return error as Refusal;
  };

  it('say who asks', async () => {
    const { token, expires = 0, ...who } = await verify(await issuer.token(caller, 60));
    expect(expires - Date.now()).to.be.within(1, 60_000);
    expect(who).to.deep.equal({ subject: 'P.carrier', ...caller });
    expect(token).to.match(/^[0-9a-f-]{36}$/);
    expect(await verify(await issuer.token({ org: 'port', admin: true }))).to.deep.include({
      subject: 'admin@port',
      org: 'port',
      admin: true,
    });
  });

  it('come from a key that only its owner can read, and that stays', async () => {
    expect(statSync(join(dir, 'issuer/key.json')).mode & 0o777).to.equal(0o600);
    expect(readFileSync(issuer.jwksPath, 'utf8')).not.to.contain('"d"');
    const again = await openLocalIssuer(dir);
    expect(await verify(await again.token(caller))).to.include({ party: 'P' });
  });

  it('are refused when they are expired, forged, unsigned, for others, by others, or without claims', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const forged = (claims: object = caller) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(LOCAL_ISSUER)
        .setAudience(DEFAULT_AUDIENCE)
        .setSubject('x')
        .setExpirationTime('1 h')
        .sign(privateKey);
    const [header = '', , signature = ''] = (await issuer.token(caller)).split('.');
    const payload = Buffer.from(JSON.stringify({ ...caller, party: 'OTHER' })).toString('base64url');
    const tokens = {
      expired: await issuer.token(caller, -3600),
      'another key': await forged(),
      tampered: `${header}.${payload}.${signature}`,
      unsigned: new UnsecuredJWT({ ...caller })
        .setIssuer(LOCAL_ISSUER)
        .setAudience(DEFAULT_AUDIENCE)
        .encode(),
      'no token': 'nonsense',
      'no organisation': await issuer.token({ org: '', admin: true }),
    };
    for (const [what, token] of Object.entries(tokens)) {
      const { facts, message } = await refusal(token);
      expect(facts.status, what).to.equal(401);
      expect(message, what).not.to.contain(token);
    }
    for (const other of [{ audience: 'others' }, { issuer: 'others' }]) {
      const settings = { jwks: issuer.jwksPath, issuer: LOCAL_ISSUER, audience: DEFAULT_AUDIENCE, ...other };
      const strict = tokenVerifier(settings);
      expect(await strict(await issuer.token(caller)).catch((e: unknown) => e)).to.be.instanceOf(Refusal);
    }
  });

  it('are refused with any other algorithm, even by a key of the issuer', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    const jwks = join(dir, 'rsa.json');
    writeFileSync(jwks, JSON.stringify({ keys: [await exportJWK(publicKey)] }));
    verify = tokenVerifier({ jwks, issuer: LOCAL_ISSUER, audience: DEFAULT_AUDIENCE });
    const token = await new SignJWT(caller)
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(LOCAL_ISSUER)
      .setAudience(DEFAULT_AUDIENCE)
      .setSubject('x')
      .setExpirationTime('1 h')
      .sign(privateKey);
    await refusal(token);
  });

  it('of a new key are accepted once the key file has changed', async () => {
    await verify(await issuer.token(caller));
    rmSync(join(dir, 'issuer'), { recursive: true });
    const rotated = await openLocalIssuer(dir);
    utimesSync(rotated.jwksPath, 1, 1);
    expect(await verify(await rotated.token(caller))).to.include({ party: 'P' });
    await refusal(await issuer.token(caller));
  });
});
