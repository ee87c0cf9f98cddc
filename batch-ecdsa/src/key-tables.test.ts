import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { range } from './at.js';
import { KeyTables } from './key-tables.js';
import type { KeyObject } from 'node:crypto';

const pair = (): { publicKey: KeyObject } => generateKeyPairSync('ec', { namedCurve: 'P-256' });

describe('tables of keys', () => {
  const counts = (...keys: readonly KeyObject[]): Map<KeyObject, number> =>
    new Map(keys.map((key) => [key, 4]));

  it('are made for keys that have signed often, and go to others only from idle ones', () => {
    const made: number[] = [];
    const maker = { takeTable: () => made.length * 8, buildTable: (table: number) => made.push(table) };
    const tables = new KeyTables(() => maker, { tables: 2, worth: 8 });
    const [a, b, c] = range(3).map(() => pair().publicKey) as [KeyObject, KeyObject, KeyObject];
    expect([...tables.tablesFor(counts(a, b))]).to.deep.equal([]);
    expect([...tables.tablesFor(counts(a))]).to.deep.equal([[a, 0]]);
    expect([...tables.tablesFor(counts(b, a))]).to.deep.equal([
      [b, 8],
      [a, 0],
    ]);
    tables.tablesFor(counts(c, b));
    expect([...tables.tablesFor(counts(c))], 'a was used a moment ago').to.deep.equal([]);
    expect([...tables.tablesFor(counts(c, b))]).to.deep.equal([
      [c, 0],
      [b, 8],
    ]);
    expect([...tables.tablesFor(counts(a, b, c))]).to.deep.equal([
      [b, 8],
      [c, 0],
    ]);
    expect(made).to.deep.equal([0, 8, 0]);
  });
});
