import { expect } from 'chai';
import { buildSchema, parse } from 'graphql';

import { measure } from './measure.js';

const schema = buildSchema(`
  interface Node { id: ID! }
  type Query { thing: Thing, things: [Thing!]!, page(first: Int, last: Int): Page!, some(first: Int): [Thing!]! }
  type Thing implements Node { id: ID!, name: String, parts: [Thing!] }
  type Page { total: Int, edges: [Edge!]! }
  type Edge { node: Node! }
`);
const of = (text: string): object => measure(schema, parse(text));

describe('measure', () => {
  it('counts fields, and how deep they lie', () => {
    expect(of('{ thing { id name } }')).to.deep.equal({ depth: 2, aliases: 0, cost: 3 });
    expect(of('{ a: thing { b: id } }')).to.deep.equal({ depth: 2, aliases: 2, cost: 2 });
  });

  it('counts what is below a list as often as it may stand there', () => {
    expect(of('{ things { id } }')).to.include({ cost: 11 });
    expect(of('{ things { parts { id } } }')).to.include({ cost: 1 + 10 * 11 });
    expect(of('{ some(first: 3) { id } }')).to.include({ cost: 4 });
    expect(of('{ page(first: 3) { total edges { node { id } } } }')).to.include({
      cost: 1 + 1 + (1 + 3 * 2),
    });
    expect(of('{ page(first: 3) { a: edges { node { id } } b: edges { node { id } } } }')).to.include({
      cost: 1 + 2 * (1 + 3 * 2),
    });
    expect(of('query ($n: Int) { some(first: $n) { id } }')).to.include({ cost: 101 });
    expect(of('{ some { id } }'), 'the usual page').to.include({ cost: 21 });
    expect(of('{ some(first: null) { id } }')).to.include({ cost: 21 });
    expect(of('{ page(last: 3) { nodes { id } } }')).to.include({ cost: 1 + (1 + 3) });
  });

  it('follows fragments, each once', () => {
    const page = 'fragment P on Page { edges { node { id ... on Thing { parts { id } } } } }';
    const plain = '{ page(first: 2) { edges { node { id ... on Thing { parts { id } } } } } }';
    expect(of(`{ page(first: 2) { ...P } } ${page}`)).to.deep.equal(of(plain));
    const levels = Array.from(
      { length: 60 },
      (_, i) => `fragment F${String(i)} on Thing {
      parts { ...F${String(i + 1)} } b: parts { ...F${String(i + 1)} } }`,
    );
    const flood = `{ thing { ...F0 } } ${levels.join(' ')} fragment F60 on Thing { id }`;
    expect(of(flood)).to.include({ depth: 62 }).and.have.property('cost').above(1e50);
  });

  it('comes to an end with fragments in a circle', () => {
    expect(of('{ thing { ...A } } fragment A on Thing { parts { ...A } }')).to.include({ depth: 2 });
  });

  it('takes the largest of several operations, and nothing for introspection', () => {
    expect(of('query A { thing { id } } query B { things { id } }')).to.include({ depth: 2, cost: 11 });
    expect(of('{ __schema { types { fields { type { ofType { ofType { name } } } } } } }')).to.deep.equal({
      depth: 1,
      aliases: 0,
      cost: 0,
    });
  });
});
