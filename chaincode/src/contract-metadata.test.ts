import './testing/quiet.js';
import { readFileSync } from 'node:fs';
import { operations, queries } from '@passage/domain';
import { expect } from 'chai';
import { PassageContract } from './contract.js';
import { chaincodeOf } from './testing/in-memory-ledger.js';

describe("the contract's metadata", () => {
  const { metadata } = chaincodeOf(PassageContract) as unknown as { readonly metadata: Metadata };
  const transactions = metadata.contracts['passage']?.transactions ?? [];

  it('has a transaction for each one of the domain', () => {
    expect(transactions.map(({ name }) => name)).to.deep.equal(operations.map(({ name }) => name));
  });

  it('submits commands and evaluates queries', () => {
    for (const { name, tag } of transactions) {
      const query = queries.some((operation) => operation.name === name);
      expect(tag.includes('submitTx'), name).to.equal(!query);
    }
  });

  it('is the published one', () => {
    const published = readFileSync(new URL('../src/testing/interface.txt', import.meta.url), 'utf8');
    expect(`${transactions.map(describeTransaction).join('\n')}\n`).to.equal(published);
  });
});

interface Metadata {
  readonly contracts: Readonly<Record<string, { readonly transactions: readonly TransactionMetadata[] }>>;
}

interface TransactionMetadata {
  readonly name: string;
  readonly tag: readonly string[];
  readonly parameters: readonly { readonly name: string; readonly schema: { readonly type: string } }[];
  readonly returns: { readonly type: string };
}

function describeTransaction({ name, tag, parameters, returns }: TransactionMetadata): string {
  const list = parameters.map((parameter) => `${parameter.name}: ${parameter.schema.type}`).join(', ');
  return `${name}(${list}): ${returns.type} [${tag.join(', ')}]`;
}
