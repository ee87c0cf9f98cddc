import { rewritten, wireEdit } from '@passage/evidence/testing';
import { readBlock } from '@passage/ledger';
import { generateChain } from '@passage/ledger/generator';
import { expect } from 'chai';
import fc from 'fast-check';
import { configOf, fieldsOf, judgeOfLast, readByOracle, reading } from './block-readers.js';
import { nodeKey } from './node-key.js';

/** What rounds of damage came to. */
interface Rounds {
  /** Blocks that ours read and fabric-protos could judge. */
  readonly compared: number;
  /** How often each code refused something. */
  readonly refused: ReadonlyMap<string, number>;
}

/**
 * Damages the fields of blocks, at any depth, and holds each reader against fabric-protos and against its own list of errors:
 * the block, its transactions with everything in them, and the configuration in block 0.
 */
export function damageBlocks(rounds: number): Rounds {
  const chain = generateChain({ newKey: nodeKey, transactions: 8, perBlock: 4, valueBytes: 8 });
  const generated = [...chain.blocks()];
  const [first, last] = [generated[0], generated.at(-1)];
  if (first === undefined || last === undefined) throw new Error('the chain is empty');
  const judge = judgeOfLast(chain);
  const refused = new Map<string, number>();
  const note = (found: object): void => {
    const code = 'refused' in found ? String(found.refused) : 'read';
    refused.set(code, (refused.get(code) ?? 0) + 1);
  };
  let compared = 0;
  const damage = fc.array(wireEdit, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(fc.boolean(), damage, (isGenesis, edits) => {
      const bytes = edits.reduce(rewritten, isGenesis ? first.bytes : last.bytes);
      const found = reading(() => readBlock(bytes));
      note(found);
      if ('refused' in found) return;
      const expected = readByOracle(bytes);
      if (expected !== undefined) {
        expect(fieldsOf(found.read)).to.deep.equal(expected);
        compared += 1;
      }
      note(reading<unknown>(() => (isGenesis ? configOf(found.read) : judge(found.read))));
    }),
    { numRuns: rounds },
  );
  return { compared, refused };
}
