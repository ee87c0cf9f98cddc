import { expect } from 'chai';

import { answerOf } from './testing/answer.js';
import { at } from './testing/read.js';
import { codeOf, fine, prepared } from './testing/story.js';
import { TestGateway, UCR, importer } from './testing/test-gateway.js';

const PAGE = `query ($n: Int) { trace(ucr: "${UCR}", first: $n) { edges { node { id } } } }`;
const SHIPMENT = 'query ($u: UCR!) { shipment(ucr: $u) { ucr } }';

/** A body whose variables are written as they stand here. */
const body = (variables: string, query = PAGE): string =>
  `{"query":${JSON.stringify(query)},"variables":${variables}}`;

/** The error's status and code; undefined where there is none. */
type Refusal = readonly [status: number, code: string] | undefined;

describe('JSON that readers do not agree upon', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await (await TestGateway.open()).start();
    await prepared(gateway);
  });
  after(() => gateway.remove());

  const send = async (sent: string | Uint8Array<ArrayBuffer>): Promise<readonly [Refusal, unknown]> => {
    const response = await gateway.fetch({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: sent,
    });
    const { status } = response;
    const answer = await answerOf(response);
    const code = codeOf(answer);
    // No refusal repeats what it refuses at any length.
    if (code !== undefined) expect(JSON.stringify(answer)).to.have.length.below(2_000);
    expect(JSON.stringify(answer)).not.to.match(/\n\s+at |node_modules/);
    return [typeof code === 'string' ? [status, code] : undefined, answer.data];
  };

  it('gives a number the same value however it is written', async () => {
    const [, whole] = await send(body('{"n":1}'));
    for (const spelling of ['1.0', '1e0', '10e-1', '0.1E1'])
      expect(await send(body(`{"n":${spelling}}`)), spelling).to.deep.equal([undefined, whole]);
  });

  const refused: Readonly<
    Record<string, readonly [sent: string | Uint8Array<ArrayBuffer>, refusal: Refusal]>
  > = {
    'a number that is no count': [body('{"n":-1}'), [200, 'BAD_ARGUMENT']],
    'the zero below zero': [body('{"n":-0}'), [200, 'BAD_ARGUMENT']],
    'more than a double carries': [body('{"n":9007199254740993}'), [400, 'QUERY_INVALID']],
    'more than there is': [body('{"n":1e400}'), [400, 'QUERY_INVALID']],
    'a fraction': [body('{"n":1.5}'), [400, 'QUERY_INVALID']],
    'a number in quotes': [body('{"n":"1"}'), [400, 'QUERY_INVALID']],
    NaN: [body('{"n":NaN}'), [400, 'QUERY_INVALID']],
    'a number with a leading zero': [body('{"n":01}'), [400, 'QUERY_INVALID']],
    'half a surrogate pair': [body('{"u":"6KRKRIMP01-\\ud800"}', SHIPMENT), [400, 'BAD_ARGUMENT']],
    'a decomposed letter': [body('{"u":"6KRKRIMP01-A\u0301"}', SHIPMENT), [400, 'BAD_ARGUMENT']],
    'a composed letter': [body('{"u":"6KRKRIMP01-\u00c1"}', SHIPMENT), [400, 'BAD_ARGUMENT']],
    'a letter that looks like another': [
      body('{"u":"6KRKRI\u041cP01-0001"}', SHIPMENT),
      [400, 'BAD_ARGUMENT'],
    ],
    'a byte order mark': [`\ufeff${body('{"n":1}')}`, [400, 'QUERY_INVALID']],
    'bytes behind the end': [`${body('{"n":1}')}{}`, [400, 'QUERY_INVALID']],
    'a NUL behind the end': [`${body('{"n":1}')}\u0000`, [400, 'QUERY_INVALID']],
    'a comment': [`/* */${body('{"n":1}')}`, [400, 'QUERY_INVALID']],
    'a comma too much': ['{"query":"{ __typename }",}', [400, 'QUERY_INVALID']],
    'other quotes': ["{'query':'{ __typename }'}", [400, 'QUERY_INVALID']],
    'another encoding': [new Uint8Array(Buffer.from(body('{"n":1}'), 'utf16le')), [400, 'QUERY_INVALID']],
    nothing: ['', [400, 'QUERY_INVALID']],
    null: ['null', [400, 'QUERY_INVALID']],
    'a text': ['"{ __typename }"', [400, 'QUERY_INVALID']],
    'a query that is no text': ['{"query":5}', [400, 'QUERY_INVALID']],
    'variables that are a text': ['{"query":"{ __typename }","variables":"x"}', [400, 'QUERY_INVALID']],
    'variables that are a list': ['{"query":"{ __typename }","variables":[1]}', [400, 'QUERY_INVALID']],
    'an operation of no name': ['{"query":"{ __typename }","operationName":{"a":1}}', [400, 'QUERY_INVALID']],
    'a member that no request has': ['{"query":"{ __typename }","x":1}', [400, 'QUERY_INVALID']],
  };
  for (const [what, [sent, refusal]] of Object.entries(refused))
    it(`refuses ${what}`, async () => {
      expect((await send(sent))[0]).to.deep.equal(refusal);
    });

  it('reads the last of two members of one name, as every reader of it does', async () => {
    const [, one] = await send(body('{"n":1}'));
    expect(await send(body('{"n":3,"n":1}'))).to.deep.equal([undefined, one]);
    expect((await send('{"query":"{ nonsense }","query":"{ __typename }"}'))[0]).to.equal(undefined);
  });

  it('is not held up by variables without end, or by those that nobody asked for', async () => {
    const many = Array.from({ length: 50_000 }, (_, n) => `"v${String(n)}":1`).join(',');
    expect((await send(body(`{${many},"n":1}`)))[0]).to.equal(undefined);
    const long = JSON.stringify('x'.repeat(7_000_000));
    expect((await send(body(`{"u":${long}}`, SHIPMENT)))[0]).to.deep.equal([400, 'BAD_ARGUMENT']);
    const list = `[${Array.from({ length: 100_000 }, () => '"a"').join(',')}]`;
    expect((await send(body(`{"u":${list}}`, SHIPMENT)))[0]).to.deep.equal([400, 'BAD_ARGUMENT']);
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect((await send(body(`{"u":${deep}}`, SHIPMENT)))[0]).to.deep.equal([400, 'BAD_ARGUMENT']);
    expect(
      at(fine(await gateway.ask(`{ shipment(ucr: "${UCR}") { ucr } }`, importer)), 'shipment.ucr'),
    ).to.equal(UCR);
  });
});
