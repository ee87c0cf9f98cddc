import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { issuerServer } from './issuer-server.js';
import {
  DEFAULT_AUDIENCE,
  localIssuerName,
  nameLocalIssuer,
  openLocalIssuer,
  rotateLocalIssuer,
} from './local-issuer.js';
import { tokenVerifier } from './verify-token.js';

const caller = { org: 'business', party: 'P', role: 'carrier', admin: false };

describe("the local issuer's server", () => {
  let dir: string;
  let server: Server;
  let url: string;
  let asked: string[];

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'passage-issuer-'));
    asked = [];
    const port = await freePort();
    url = `http://127.0.0.1:${String(port)}`;
    nameLocalIssuer(dir, url);
    const { jwksPath } = await openLocalIssuer(dir);
    server = issuerServer(url, jwksPath);
    server.on('request', ({ url: path }) => asked.push(path ?? ''));
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  });
  afterEach(async () => {
    await new Promise((done) => server.close(done));
    rmSync(dir, { recursive: true, force: true });
  });

  const verifier = () => tokenVerifier({ issuer: localIssuerName(dir), audience: DEFAULT_AUDIENCE });

  it('lets a gateway find its keys by its URL, asks for them once, and survives rotations without being asked again', async () => {
    const verify = verifier();
    const first = await (await openLocalIssuer(dir)).token(caller);
    expect(await verify(first)).to.include({ party: 'P', org: 'business' });
    const second = await (await rotateLocalIssuer(dir)).token(caller);
    for (const token of [first, second, first, second]) await verify(token);
    expect(asked).to.deep.equal(['/.well-known/openid-configuration', '/jwks.json']);
  });

  it('tells anyone its metadata and its public keys, and nothing else', async () => {
    const metadata = (await (await fetch(`${url}/.well-known/oauth-authorization-server`)).json()) as object;
    expect(metadata).to.include({ issuer: url, jwks_uri: `${url}/jwks.json` });
    const text = await (await fetch(`${url}/jwks.json`)).text();
    const { keys } = JSON.parse(text) as { keys: object[] };
    expect(keys).to.have.length(2);
    for (const key of keys) expect(key).to.include({ kty: 'EC', alg: 'ES256' }).and.not.to.have.property('d');
    for (const path of ['/', '/key.json', '/next.json', '/../issuer/key.json', '/jwks.json/../key.json'])
      expect((await fetch(url + path)).status, path).to.equal(404);
    expect((await fetch(`${url}/jwks.json`, { method: 'POST' })).status).to.equal(405);
  });

  it('refuses tokens of another issuer with the same name', async () => {
    const other = mkdtempSync(join(tmpdir(), 'passage-issuer-'));
    nameLocalIssuer(other, url);
    const token = await (await openLocalIssuer(other)).token(caller);
    rmSync(other, { recursive: true });
    const refused: unknown = await verifier()(token).catch((error: unknown) => error);
    expect(refused).to.have.property('code', 'TOKEN_FORGED');
  });
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}
