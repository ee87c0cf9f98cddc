import { once } from 'node:events';
import type { Server } from 'node:http';
import { createConnection } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

import { expect } from 'chai';

import { scalars } from './schema/scalars.js';
import { at, listAt } from './testing/read.js';
import { codeOf, fine, openShipment, prepared, recordStatements, send } from './testing/story.js';
import { TestGateway, UCR, importer } from './testing/test-gateway.js';

const MIB = 1 << 20;
const json = { 'content-type': 'application/json' };

/** Texts that break what puts texts together: SQL, paths, headers, pages, keys of the ledger, logs. */
const hostile = [
  "' OR 1=1 --",
  '"; DROP TABLE shipment; --',
  '../../../../etc/passwd',
  'a\u0000b',
  'a\r\nSet-Cookie: x=1',
  '<script>alert(1)</script>',
  '\u0000shipment\u0000',
  '\u{10FFFF}',
  '${jndi:ldap://x}',
  '%00%2e%2e%2f',
  'KRIMP\u041101',
  '__proto__',
  'constructor',
];

describe('attacks', function () {
  this.timeout(60_000);
  let gateway: TestGateway;
  let server: Server;
  let port: number;
  let token: string;

  before(async () => {
    gateway = await (await TestGateway.open()).start();
    await prepared(gateway);
    server = gateway.server();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    ({ port } = server.address() as AddressInfo);
    token = `Bearer t.${Buffer.from(JSON.stringify(importer)).toString('base64url')}`;
  });
  after(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    await gateway.remove();
  });

  const post = (
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = json,
  ): Promise<Response> =>
    fetch(`http://127.0.0.1:${String(port)}/graphql`, {
      method: 'POST',
      headers: { authorization: token, ...headers },
      body,
    });
  /** Somebody else, who asks while an attack is on. */
  const neighbour = async (): Promise<void> => {
    expect(at(fine(await gateway.ask(`{ shipment(ucr: "${UCR}") { ucr } }`)), 'shipment.ucr')).to.equal(UCR);
  };
  const refusal = async (response: Response): Promise<unknown> => {
    const text = await response.text();
    expect(text).not.to.match(/\n\s+at |node_modules/);
    return at(JSON.parse(text), 'errors.0.extensions.code');
  };
  afterEach(neighbour);

  it('by ten thousand aliases, a thousand requests in one body, and directives without end', async () => {
    const aliases = Array.from({ length: 10_000 }, (_, n) => `a${String(n)}: __typename`).join(' ');
    expect(codeOf(await gateway.ask(`{ ${aliases} }`))).to.equal('TOO_MANY_TOKENS');
    const batch = JSON.stringify(Array.from({ length: 1_000 }, () => ({ query: '{ __typename }' })));
    expect(await refusal(await post(batch))).to.equal('BATCH_NOT_TAKEN');
    const directives = `query ${'@include(if: true) '.repeat(5_000)} { __typename }`;
    expect(codeOf(await gateway.ask(directives))).to.equal('TOO_MANY_TOKENS');
  });

  it('by fragments in circles, and by fragments that name one another again and again', async () => {
    const circle = '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }';
    expect(codeOf(await gateway.ask(circle))).to.equal('QUERY_INVALID');
    const levels = Array.from(
      { length: 40 },
      (_, n) => `fragment F${String(n)} on Query { ...F${String(n + 1)} ...F${String(n + 1)} }`,
    );
    const doubled = `{ ...F0 } ${levels.join(' ')} fragment F40 on Query { __typename }`;
    expect(codeOf(await gateway.ask(doubled))).to.be.oneOf(['QUERY_TOO_COSTLY', 'QUERY_INVALID', undefined]);
  });

  it('by a body that is too long by one byte, does not say its length, or is long once it is unpacked', async () => {
    const right = JSON.stringify({ query: '{ __typename }' }).padEnd(8 * MIB);
    expect((await post(right)).status).to.equal(200);
    expect((await post(`${right} `)).status).to.equal(413);
    const endless = new ReadableStream({
      pull: (controller) => {
        controller.enqueue(new Uint8Array(64));
        controller.close();
      },
    });
    const unsaid = await fetch(`http://127.0.0.1:${String(port)}/graphql`, {
      method: 'POST',
      headers: { ...json, authorization: token },
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect(unsaid.status).to.equal(413);
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(100 * MIB, ' ')));
    expect((await post(bomb, { ...json, 'content-encoding': 'gzip' })).status).to.be.within(400, 499);
  });

  it('by senders that never finish', async () => {
    const head = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n`;
    const dripping = await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        const socket: Socket = createConnection(port, '127.0.0.1');
        await once(socket, 'connect');
        socket.write(n % 2 === 0 ? head : `${head}\r\n{`);
        return socket;
      }),
    );
    for (let times = 0; times < 20; times++) await neighbour();
    expect((await post(JSON.stringify({ query: '{ __typename }' }))).status).to.equal(200);
    expect(server.requestTimeout).to.equal(30_000);
    expect(server.headersTimeout).to.equal(10_000);
    for (const socket of dripping) socket.destroy();
  });

  it('by pages of other origins: no simple content type is taken, and nothing is changed by GET', async () => {
    const query = 'mutation { __typename }';
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      '',
    ]) {
      const body = type.startsWith('application')
        ? `query=${encodeURIComponent(query)}`
        : JSON.stringify({ query });
      const { status } = await post(body, type === '' ? {} : { 'content-type': type });
      expect(status, type).to.be.within(400, 499);
    }
    const url = `http://127.0.0.1:${String(port)}/graphql?query=${encodeURIComponent(query)}`;
    expect((await fetch(url, { headers: { authorization: token } })).status).to.equal(405);
  });

  it('by values of a hundred kilobytes for every scalar, made to keep patterns busy', () => {
    const long = ['0', 'A', '-', '.', ':', ' ', 'gln:', '1A', '=', 'a.', '9.9'].map(
      (part) => `${part.repeat(100_000 / part.length)}!`,
    );
    for (const [name, scalar] of Object.entries(scalars)) {
      for (const value of long) {
        const read = (): unknown => scalar.coerceInputValue(value);
        // A compact JWS is read by who records it, which has a limit of its own.
        if (name !== 'CompactJWS') expect(read, `${name}: ${value.slice(0, 8)}`).to.throw();
      }
    }
  });

  it('by hostile texts where ids and texts are expected', async () => {
    for (const text of hostile) {
      for (const query of [
        'query ($v: UCR!) { shipment(ucr: $v) { ucr } }',
        'query ($v: PartyId!) { party(id: $v) { id } }',
        'query ($v: OwnedId!) { lot(id: $v) { id } }',
        'query ($v: KeyId!) { device(kid: $v) { kid } }',
        `query ($v: String!) { trace(ucr: "${UCR}", after: $v) { totalCount } }`,
      ]) {
        const answer = await gateway.ask(query, importer, { v: text });
        const code = codeOf(answer);
        expect(code, `${query} ${text}`).to.be.oneOf(['BAD_ARGUMENT', 'CURSOR_INVALID', undefined]);
        if (code === undefined) expect(Object.values(answer.data ?? {})).to.deep.equal([null]);
      }
      const opened = await openShipment(gateway, { ucr: text, requestId: 'hostile' });
      expect(codeOf(opened), text).to.equal('BAD_ARGUMENT');
    }
    expect(
      listAt(fine(await gateway.ask('{ shipments: ledgerStatus { checks } }')), 'shipments.checks'),
    ).not.to.equal([]);
  });

  it('by members that every object has, and by the same member twice', async () => {
    const query = `query ($f: Boolean!) { shipment(ucr: "${UCR}") { ucr @include(if: $f) } }`;
    const body = `{"query":${JSON.stringify(query)},"variables":{"f":true,"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}`;
    await (await post(body)).text();
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
    const twice = '{"query":"{ __typename }","query":"{ nonsense }"}';
    expect((await post(twice)).status).to.be.within(200, 499);
    const deep = `{"query":"{ __typename }","variables":{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
    expect((await post(deep)).status).to.be.within(200, 499);
  });

  it('by statements that are none, each refused by its code', async () => {
    const bad = ['', '..', 'a.b.c', 'x'.repeat(65_537), ...hostile];
    const { accepted, refused } = await recordStatements(gateway, bad);
    expect(accepted).to.deep.equal([]);
    expect(listAt({ refused }, 'refused')).to.have.length(bad.length);
    const more = await send(
      gateway,
      importer,
      'recordStatements',
      {
        statements: Array.from({ length: 1_001 }, () => 'a.b.c'),
      },
      'refused { code }',
    );
    expect(codeOf(more)).to.equal('BAD_ARGUMENT');
  });
});
