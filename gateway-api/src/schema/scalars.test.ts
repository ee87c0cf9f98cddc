import { expect } from 'chai';
import { graphql, buildSchema, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import type { GraphQLScalarType } from 'graphql';

import { TestGateway, importer } from '../testing/test-gateway.js';
import { schemaText } from './gateway-schema.js';
import { scalars } from './scalars.js';

/** Values that each scalar takes, and values that it does not. */
const examples: Readonly<Record<string, readonly [good: readonly unknown[], bad: readonly unknown[]]>> = {
  UCR: [
    ['6KRKRIMP01-0001', '6KRKRIMP01-A(1)'],
    ['', '6krKRIMP01-1', 'KRKRIMP01-1', `6KRKRIMP01-${'1'.repeat(40)}`, 7],
  ],
  UNLOCODE: [
    ['KRPUS', 'CN2AB'],
    ['KRPU', 'krpus', 'KRPU1', 'KR PUS', 1],
  ],
  PlaceId: [
    ['KRPUS', 'gln:4012345000115', 'gln:4012345000115.GATE-3', 'geo:35.1028,129.0403'],
    ['gln:4012345000116', 'geo:91,0', 'Busan', ''],
  ],
  ContainerNumber: [['CSQU3054383'], ['CSQU3054384', 'CSQ3054383', 'csqu3054383', 'CSQU305438', '']],
  SSCC: [['106141412345678908'], ['106141412345678909', '10614141234567890', 'x']],
  GLN: [['4012345000115'], ['4012345000116', '401234500011', '']],
  Decimal: [
    ['0', '-12.50', '12345678901234567890.000000000000001', '0.1'],
    ['', '1,5', '1e3', '.5', '1.', '01', '+1', 'NaN', 1.5, '9'.repeat(41)],
  ],
  CountryCode: [['KR'], ['kr', 'KOR', 'K1']],
  HSCode: [['850760'], ['85076', '8507.60', 'ABCDEF']],
  DateTime: [
    ['2026-01-31T12:00:00.000Z', '2026-01-31T12:00:00+09:00', '2024-02-29T00:00Z'],
    ['2026-01-31', '2026-01-31T12:00:00', '2026-02-30T12:00:00Z', 'yesterday', '2026-13-01T00:00:00Z', 0],
  ],
  PartyId: [['KRIMP01'], ['', '-x', 'a b', 'x'.repeat(65)]],
  KeyId: [['A'.repeat(43)], ['A'.repeat(42), `${'A'.repeat(42)}=`]],
  Commitment: [['A'.repeat(43)], ['A'.repeat(44), '']],
  StatementId: [[`ni:///sha-256;${'A'.repeat(43)}`], [`ni:///sha-512;${'A'.repeat(43)}`, 'A'.repeat(43)]],
  RequestId: [['a:b-1'], ['', 'a b', 'x'.repeat(65)]],
  Hash: [['ab'.repeat(32)], ['AB'.repeat(32), 'ab']],
  Base64: [
    ['AAAA', 'AAA=', ''],
    ['AAA', 'A-A=', 'AA=A='],
  ],
  CompactJWS: [['a.b.c'], [7, 'x'.repeat((1 << 20) + 1)]],
  OwnedId: [['KRIMP01:BL-1'], ['KRIMP01', ':1', 'a b:1']],
  TransportUnitId: [
    ['container:CSQU3054383', 'sscc:106141412345678908'],
    ['container:CSQU3054384', 'CSQU3054383'],
  ],
  Natural: [
    [0, 9007199254740991],
    [-1, 1.5, 9007199254740992, '1'],
  ],
};

/** A schema with one field that takes the scalar, by itself and deep inside an input. */
function probe(type: GraphQLScalarType): GraphQLSchema {
  const ast = buildSchema(
    `scalar ${type.name} input In { list: [${type.name}!] } type Query { x(v: ${type.name}, in: In): String }`,
  );
  return new GraphQLSchema({
    ...ast.toConfig(),
    types: [],
    query: new GraphQLObjectType({
      name: 'Query',
      fields: { x: { type: GraphQLString, args: { v: { type } }, resolve: () => 'taken' } },
    }),
  });
}

describe('custom scalars', () => {
  it('all have examples, and all are in the published schema', () => {
    expect(Object.keys(examples).sort()).to.deep.equal(Object.keys(scalars).sort());
    for (const name of Object.keys(scalars)) expect(schemaText()).to.contain(`scalar ${name}\n`);
  });

  for (const [name, [good, bad]] of Object.entries(examples)) {
    it(`${name} takes what has its form, and refuses the rest with its code`, async () => {
      const type = scalars[name];
      if (type === undefined) throw new Error(`${name} is no scalar`);
      const schema = probe(type);
      const source = `query ($v: ${name}) { x(v: $v) }`;
      for (const v of good) {
        const { errors, data } = await graphql({ schema, source, variableValues: { v } });
        expect([errors?.[0]?.message, data?.['x']], JSON.stringify(v)).to.deep.equal([undefined, 'taken']);
      }
      for (const v of bad) {
        const { errors } = await graphql({ schema, source, variableValues: { v } });
        expect(errors?.[0]?.extensions['code'], JSON.stringify(v)).to.equal('BAD_ARGUMENT');
        expect(errors?.[0]?.message).to.contain(name);
      }
    });
  }

  it('say where among the variables the wrong value stands', async () => {
    const gateway = await (await TestGateway.open()).start();
    const query = 'query ($filter: EventFilter) { events(filter: $filter) { nodes { id } } }';
    const filter = { GE_eventTime: '2026-01-01T00:00:00Z', container: ['CSQU3054383', 'CSQU3054384'] };
    const { errors } = await gateway.ask(query, importer, { filter });
    await gateway.remove();
    expect(errors?.[0]?.extensions).to.deep.include({
      code: 'BAD_ARGUMENT',
      details: { pointer: '/filter/container/1' },
    });
  });
});
