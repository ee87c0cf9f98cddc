import { readFileSync } from 'node:fs';

import { expect } from 'chai';
import { getIntrospectionQuery } from 'graphql';

import { at } from '../testing/read.js';
import { codeOf, fine } from '../testing/story.js';
import { TestGateway, importer } from '../testing/test-gateway.js';
import { queryLimits } from './query-limits.js';

const { depth, aliases, tokens, cost, milliseconds } = queryLimits;
const status = (count: number): string =>
  Array.from({ length: count }, (_, i) => `a${String(i)}: ledgerStatus { height }`).join(' ');
/** A lot's way back, by so many fields inside one another. */
const back = (levels: number): string =>
  levels <= 1
    ? 'id'
    : levels === 2
      ? 'transformation { id }'
      : `transformation { inputs { lot { ${back(levels - 3)} } } }`;

describe('the limits of a request', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await (await TestGateway.open()).start();
  });
  after(() => gateway.remove());

  const code = async (query: string): Promise<unknown> => codeOf(await gateway.ask(query));

  it('stand in docs/gateway.md', () => {
    const page = readFileSync(new URL('../../../docs/gateway.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| [^|]+ \| (\d+) \| `(\w+)` \|$/gm)].map(([, most, of]) => [
      of,
      Number(most),
    ]);
    expect(Object.fromEntries(rows)).to.deep.equal({
      QUERY_TOO_DEEP: depth,
      TOO_MANY_ALIASES: aliases,
      TOO_MANY_TOKENS: tokens,
      QUERY_TOO_COSTLY: cost,
      BATCH_NOT_TAKEN: 1,
      QUERY_TIMEOUT: milliseconds,
    });
  });

  it('are on depth', async () => {
    const lot = (levels: number): string => `{ lot(id: "KRIMP01:A") { ${back(levels - 1)} } }`;
    expect(await code(lot(depth))).to.equal(undefined);
    expect(await code(lot(depth + 1))).to.equal('QUERY_TOO_DEEP');
    expect(await code(lot(400))).to.equal('QUERY_TOO_DEEP');
  });

  it('are on aliases', async () => {
    expect(await code(`{ ${status(aliases)} }`)).to.equal(undefined);
    expect(await code(`{ ${status(aliases + 1)} }`)).to.equal('TOO_MANY_ALIASES');
  });

  it('are on tokens, directives and nesting among them', async () => {
    const names = (count: number): string => `{ ${'__typename '.repeat(count)} }`;
    expect(await code(names(500))).to.equal(undefined);
    expect(await code(names(tokens - 2)), 'each is compared with each').to.equal('QUERY_TOO_COSTLY');
    expect(await code(names(tokens - 1))).to.equal('TOO_MANY_TOKENS');
    expect(await code(`{ __typename ${'@include(if: true) '.repeat(10_000)} }`)).to.equal('TOO_MANY_TOKENS');
    expect(await code('{ a '.repeat(100_000))).to.equal('TOO_MANY_TOKENS');
  });

  it('are on cost', async () => {
    const page = (fields: number): string =>
      `{ trace(ucr: "6KRKRIMP01-0001", first: 100) { edges { node { ${'id '.repeat(fields)} } } } }`;
    const most = Math.floor((cost - 2) / 100) - 1;
    expect(await code(page(most))).to.equal(undefined);
    expect(await code(page(most + 1))).to.equal('QUERY_TOO_COSTLY');
  });

  it('are on the requests in one body', async () => {
    const body = JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]);
    const response = await gateway.fetch({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).to.equal(400);
    expect(at(await response.json(), 'errors.0.extensions')).to.include({
      code: 'BATCH_NOT_TAKEN',
      retryable: false,
    });
  });

  it('are on time, for queries', async () => {
    const hasty = await TestGateway.open({ limits: { ...queryLimits, milliseconds: 20 } });
    try {
      hasty.gateway.services.whole.chain.head = () => new Promise(() => undefined);
      hasty.gateway.services.status.asOfBlock = () => Promise.resolve(0);
      const answer = await hasty.ask('{ ledgerStatus { height } }');
      expect(answer.status).to.equal(503);
      expect(codeOf(answer)).to.equal('QUERY_TIMEOUT');
    } finally {
      await hasty.remove();
    }
  });

  it('give a wrong request a code, too', async () => {
    expect(await code('{ ')).to.equal('QUERY_INVALID');
    expect(await code('{ nonsense }')).to.equal('QUERY_INVALID');
    expect(await code('{ ...A } fragment A on Query { ...A }')).to.equal('QUERY_INVALID');
    const get = await gateway.fetch(
      { method: 'GET' },
      importer,
      `?query=${encodeURIComponent('mutation { __typename }')}`,
    );
    expect(get.status).to.equal(405);
    expect(at(await get.json(), 'errors.0.extensions.code')).to.equal('QUERY_INVALID');
  });
});

describe('a stranger', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await (await TestGateway.open()).start();
  });
  after(() => gateway.remove());

  it('learns nothing of the schema, neither by introspection nor by suggestions', async () => {
    const known = await gateway.ask(getIntrospectionQuery());
    expect(at(fine(known), '__schema.queryType')).to.include({ name: 'Query' });
    const misspelt = await gateway.ask('{ shipmint { ucr } }');
    expect(misspelt.errors?.[0]?.message).to.contain('Did you mean');
    const texts = [
      getIntrospectionQuery(),
      '{ __type(name: "Party") { name } }',
      '{ shipmint { ucr } }',
      '{ ',
    ];
    const answers = await Promise.all(texts.map((text) => gateway.askAsNobody(text)));
    for (const answer of answers) {
      expect(answer.status).to.equal(401);
      expect(answer.errors).to.have.length(1);
      expect(codeOf(answer)).to.equal('UNAUTHENTICATED');
      expect(answer.errors).to.deep.equal(answers[0]?.errors);
    }
  });
});
