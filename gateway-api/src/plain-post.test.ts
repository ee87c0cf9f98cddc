import { expect } from 'chai';
import { serverAudits } from 'graphql-http';

import type { Caller } from './auth/caller.js';
import { prepared } from './testing/story.js';
import { TestGateway, UCR, importer } from './testing/test-gateway.js';

const tokenOf = (caller: Caller): string =>
  `Bearer t.${Buffer.from(JSON.stringify(caller)).toString('base64url')}`;

describe('an ordinary request, answered by the short way', () => {
  let gateway: TestGateway;
  let server: Awaited<ReturnType<TestGateway['listen']>>;
  before(async () => {
    gateway = await (await TestGateway.open({ requestsPerCaller: 3 })).start();
    await prepared(gateway);
    server = await gateway.listen();
  });
  after(async () => {
    await server.close();
    await gateway.remove();
  });

  const post = (
    body: string,
    headers: Readonly<Record<string, string>> = {},
    caller: Caller = importer,
  ): Promise<Response> =>
    fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: tokenOf(caller), ...headers },
      body,
    });

  /** What both ways say: a media type that the short way does not know takes the request the whole one. */
  const bothWays = async (body: string, headers: Readonly<Record<string, string>> = {}): Promise<void> => {
    const whole = await post(body, { ...headers, 'content-type': 'application/json;charset=UTF-8;x=y' });
    const text = await whole.text();
    // Of a text that was taken, the short way knows how it is carried out; the first time, it may not.
    for (const short of [await post(body, headers), await post(body, headers)]) {
      expect(await short.text()).to.equal(text);
      expect(short.status).to.equal(whole.status);
      for (const name of ['content-type', 'retry-after', 'www-authenticate'])
        expect(short.headers.get(name)).to.equal(whole.headers.get(name));
    }
  };

  const question = `query ($ucr: UCR!) { trace(ucr: $ucr) { edges { node { __typename id verification { block } } } } }`;

  const bodies: Readonly<Record<string, object | string>> = {
    'a query with variables': { query: question, variables: { ucr: UCR } },
    'one of two operations': { query: '{ a: __typename } query B { __typename }', operationName: 'B' },
    'no operation of that name': { query: 'query A { __typename }', operationName: 'B' },
    'a variable of another type': { query: question, variables: { ucr: 7 } },
    'no such field': { query: '{ nothing }' },
    'no GraphQL': { query: '{ {' },
    'no query': { variables: {} },
    'a query that is no text': { query: 7 },
    'variables that are a list': { query: '{ __typename }', variables: [] },
    'a member that nobody knows': { query: '{ __typename }', more: 1 },
    'a batch': [{ query: '{ __typename }' }],
    'no JSON': '{',
    null: 'null',
    'a page that no list has': { query: `{ trace(ucr: "${UCR}", first: 0) { totalCount } }` },
    'a subscription that asks for JSON': { query: 'subscription { feed { cursor } }' },
  };
  for (const [name, body] of Object.entries(bodies)) {
    it(`says the same as the whole way: ${name}`, async () => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      for (const accept of ['application/json', 'application/graphql-response+json'])
        await bothWays(text, { accept });
    });
  }

  it('is refused for its token as on the whole way', async () => {
    const body = JSON.stringify({ query: '{ __typename }' });
    for (const authorization of ['', 'Bearer nothing', 'Basic x']) await bothWays(body, { authorization });
    expect((await post(body, { authorization: 'Bearer nothing' })).status).to.equal(401);
  });

  it('waits for the block that it rests on, and is told what is wrong with it', async () => {
    const body = JSON.stringify({ query: '{ __typename }' });
    await bothWays(body, { 'passage-after-block': '1' });
    await bothWays(body, { 'passage-after-block': 'x' });
  });

  it('has its caller sight and no other, by turns on one connection', async () => {
    const body = JSON.stringify({ query: question, variables: { ucr: UCR } });
    const stranger: Caller = {
      subject: 's',
      org: 'business',
      party: 'STRANGER',
      role: 'importer',
      admin: false,
    };
    for (let turn = 0; turn < 3; turn++) {
      const [seen, hidden] = [await post(body), await post(body, {}, stranger)];
      expect(((await seen.json()) as { data: { trace: object } }).data.trace).to.be.an('object');
      expect(await hidden.json()).to.deep.equal({ data: { trace: null } });
    }
  });

  it('counts among the requests of its caller', async () => {
    const { services } = gateway.gateway;
    const record = services.access.record.bind(services.access);
    const { promise: held, resolve } = Promise.withResolvers<undefined>();
    services.access.record = async (...args) => {
      await held;
      return record(...args);
    };
    const body = JSON.stringify({ query: question, variables: { ucr: UCR } });
    const waiting = [post(body), post(body), post(body, { 'content-type': 'application/json;x=y' })];
    await new Promise((done) => setTimeout(done, 100));
    const refused = await post(body);
    expect(refused.status).to.equal(429);
    expect(refused.headers.get('retry-after')).to.equal('1');
    resolve(undefined);
    for (const answer of await Promise.all(waiting)) expect(answer.status).to.equal(200);
    services.access.record = record;
  });

  it('is as GraphQL over HTTP has it', async () => {
    const token = tokenOf(importer);
    const fetchFn = (url: string, init: RequestInit = {}): Promise<Response> => {
      const headers = new Headers(init.headers);
      headers.set('authorization', token);
      return fetch(url, { ...init, headers });
    };
    const failed: string[] = [];
    for (const audit of serverAudits({ url: server.url, fetchFn })) {
      const result = await audit.fn();
      if (result.status === 'error') failed.push(`${audit.name}: ${result.reason}`);
    }
    expect(failed).to.deep.equal([]);
  });
});
