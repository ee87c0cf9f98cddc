import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { generateChain } from '@passage/ledger/generator';
import { replay } from '../replay.js';
import { nodeKey } from '../testing/node-key.js';
import type { BlockSource } from '../source/block-source.js';

const FROM = 1_000;
const TO = 20_000;
/** What may be added for each transaction that is behind us: its id has to be known, its bytes (about 3,000) have not. */
const BYTES_PER_TRANSACTION = 1_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use, buffers outside the heap included; those are let go a moment after what held them. */
async function inUse(): Promise<number> {
  collectGarbage();
  await setTimeout(50);
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe('memory', () => {
  it(`of generating and replaying stays as it is from ${FROM} to ${TO} transactions`, async () => {
    const chain = generateChain({ newKey: nodeKey, transactions: TO, perBlock: 100 });
    const measured: number[] = [];
    let made = 0;
    const source: BlockSource = {
      description: 'a generated chain',
      async *blocks() {
        for (const { block, transactions } of chain.blocks()) {
          const before = made;
          made += transactions.length;
          yield await Promise.resolve({ block, progress: made / TO });
          if ((before < FROM && made >= FROM) || made >= TO) measured.push(await inUse());
        }
      },
    };
    const report = await replay(source, { genesisHash: chain.genesisHash });
    expect(report).to.deep.include({ transactions: TO + 3, differences: [] });
    const [early = 0, ...later] = measured;
    const growth = Math.min(...later) - early;
    process.stdout.write(`      grew by ${(growth / (TO - FROM)).toFixed(0)} bytes a transaction\n`);
    expect(growth).to.be.lessThan(BYTES_PER_TRANSACTION * (TO - FROM));
  });
});
