import { expect } from 'chai';
import { buildSchema, execute, parse, validate } from 'graphql';
import type { DocumentNode, ExecutionResult, OperationDefinitionNode } from 'graphql';

import { compileQuery } from './compiled-query.js';

const schema = buildSchema(`
  interface Thing { id: ID!, name: String }
  enum Kind { SMALL LARGE }
  type Box implements Thing { id: ID!, name: String, things: [Thing!], kind: Kind, size(unit: String = "cm", of: [Int!]): String }
  type Bag implements Thing { id: ID!, name: String, holds: [Thing]!, sure: Int!, count: Int, ratio: Float, open: Boolean }
  union Either = Box | Bag
  type Query { box(id: ID): Box, bag: Bag, surely: Bag!, all: [[Thing]], either: Either, context: String, fails: String }
`);

const late = <Value>(value: Value): Promise<Value> => Promise.resolve(value);

/** A thing of which all is there, now or later. */
const box = (id: unknown = 1): object => ({
  __typename: 'Box',
  ...{ id, kind: 'LARGE', name: () => late('box'), things: [bag(), late(bag({ sure: 2 }))] },
  size: ({ unit, of }: { unit: string; of?: number[] }) => `${String(of?.join())} ${unit}`,
});

const bag = (changes: object = {}): object => ({
  __typename: 'Bag',
  ...{ id: 'b', name: null, holds: [], sure: 1, count: 2, ratio: 0.5, open: true, ...changes },
});

const fail = (what: string): never => {
  throw new Error(what);
};

/** What the fields of `Query` give. */
type Root = Readonly<Record<string, unknown>>;

/** The same schema, whose queries give what a root says. */
function schemaOf(root: Root): typeof schema {
  for (const [name, field] of Object.entries(schema.getQueryType()?.getFields() ?? {}))
    field.resolve = (_, args, context) => {
      const value = root[name];
      return typeof value === 'function'
        ? (value as (args: unknown, context: unknown) => unknown)(args, context)
        : value;
    };
  return schema;
}

const plain = (result: ExecutionResult): unknown => JSON.parse(JSON.stringify(result));

const operationIn = ({ definitions }: DocumentNode): OperationDefinitionNode =>
  definitions.find((each): each is OperationDefinitionNode => each.kind === 'OperationDefinition') ??
  fail('no operation');

/** What our own way answers, and what the library does. */
async function bothWays(text: string, root: Root, variables = {}): Promise<[unknown, unknown]> {
  const document = parse(text);
  expect(validate(schema, document)).to.deep.equal([]);
  const query = compileQuery(schemaOf(root), document, operationIn(document));
  const contextValue = { who: 'me' };
  const ours = await query?.(variables, contextValue);
  const theirs = await execute({ schema: schemaOf(root), document, variableValues: variables, contextValue });
  return [plain(ours ?? fail('it was left to the library')), plain(theirs)];
}

const told = ([ours, theirs]: [unknown, unknown]): void => {
  expect(ours).to.deep.equal(theirs);
};

describe('a compiled query', () => {
  const whole = `query ($id: ID = "of", $of: [Int!]) {
    box(id: $id) { ...named again: name size(unit: "m", of: $of) s: size kind things { __typename id ... on Bag { sure } ...named } }
    all { ... on Thing { id } ... on Box { kind } }
    either { __typename ... on Bag { count ratio open holds { id } } ... on Box { id } }
    box(id: $id) { id }
    context
  }
  fragment named on Thing { __typename name }`;
  const root: Root = {
    box: ({ id }: { id: unknown }) => late(box(id)),
    all: [[box(), null, late(null)], null, [late(bag())]],
    either: bag({ holds: [null, box()] }),
    context: (_: unknown, { who }: { who: string }) => who,
  };

  it('answers as the library does, in the order of the text', async () => {
    const both = await bothWays(whole, root, { of: [1, 2] });
    told(both);
    expect(JSON.stringify(both[0])).to.equal(JSON.stringify(both[1]));
    expect(JSON.stringify(both[0])).to.contain('1,2 m');
    told(await bothWays(whole, { ...root, either: null, all: null }, { id: 'x' }));
  });

  const things = '{ box { id things { id ... on Bag { sure } } } }';
  const failures: Readonly<Record<string, [text: string, root: Root]>> = {
    'a field that throws': ['{ fails context }', { fails: () => fail('now') }],
    'one that is refused later': ['{ fails }', { fails: () => Promise.reject(new Error('later')) }],
    'one that gives an error': ['{ fails }', { fails: new Error('given') }],
    'nothing where something must be': ['{ bag { sure } context }', { bag: bag({ sure: null }) }],
    'the same later': ['{ bag { count sure } }', { bag: bag({ sure: late(undefined) }) }],
    'nothing that nothing may stand for': ['{ surely { id } context }', { surely: null }],
    'the same further down': ['{ surely { sure } }', { surely: late(bag({ sure: null })) }],
    'an element': ['{ all { id } }', { all: [[bag({ id: null }), bag()], [late(bag({ id: null }))]] }],
    'an element that must be': [things, { box: { ...box(), things: [bag(), bag({ sure: null })] } }],
    'the same of one that is late': [
      things,
      { box: { ...box(), things: [late(bag({ sure: () => fail('x') }))] } },
    ],
    'a number out of bounds': ['{ bag { count } }', { bag: bag({ count: 2 ** 40 }) }],
  };
  for (const [name, [text, given]] of Object.entries(failures)) {
    it(`fails as the library does: ${name}`, async () => {
      told(await bothWays(text, given));
    });
  }

  it('says where what it was given is not of the type', async () => {
    const given: readonly [string, Root][] = [
      ['{ all { id } }', { all: 'no list' }],
      ['{ either { __typename } }', { either: { __typename: 'Query' } }],
      ['{ either { __typename } }', { either: {} }],
      ['{ box { kind } }', { box: { kind: 'HUGE' } }],
    ];
    for (const [text, each] of given) {
      const [ours, theirs] = (await bothWays(text, each)) as { data: object; errors: { path: object }[] }[];
      expect(ours?.data).to.deep.equal(theirs?.data);
      expect(ours?.errors[0]?.path).to.deep.equal(theirs?.errors[0]?.path);
    }
  });

  it('is left to the library where variables decide what is selected, for the schema itself, and for names that no object should have', () => {
    const texts = [
      'query ($x: Boolean!) { context @skip(if: $x) }',
      '{ bag { ... @include(if: true) { id } } }',
      '{ __schema { types { name } } }',
      '{ __type(name: "Box") { name } }',
      '{ __proto__: context }',
      'subscription { context }',
    ];
    for (const text of texts) {
      const document = parse(text);
      expect(compileQuery(schema, document, operationIn(document)), text).to.equal(undefined);
    }
  });

  it('is not begun with a variable that its type does not take', () => {
    const document = parse(whole);
    const query = compileQuery(schemaOf({ box: () => fail('begun') }), document, operationIn(document));
    for (const variables of [{ of: ['x'] }, { id: {} }]) expect(query?.(variables, {})).to.equal(undefined);
  });
});
