import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readBlock } from '@passage/ledger';

import { verifyNaively } from './naive-verifier.js';
import { blocksIn, writeChains } from './recorded-blocks.js';
import { signaturesIn } from './signature-count.js';

describe('the naive verifier', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-naive-'));
  const [short, long] = writeChains([3, 8], (length) => join(folder, `${String(length)}.bin`));

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('checks every signature of a chain, and each chain is the beginning of the next', () => {
    for (const chain of [short, long]) {
      const blocks = [...blocksIn(chain?.file ?? '')];
      const counted = blocks.reduce((sum, bytes) => sum + signaturesIn(readBlock(bytes)), 0);
      expect(verifyNaively(blocks)).to.deep.equal({ transactions: chain?.transactions, signatures: counted });
    }
  });

  it('takes no block in which a bit of a signature or a value is another one', () => {
    const blocks = [...blocksIn(long?.file ?? '')];
    for (const place of [0.3, 0.6, 0.9]) {
      const last = Uint8Array.from(blocks.at(-1) ?? []);
      const at = Math.floor(last.length * place);
      last[at] = (last[at] ?? 0) ^ 1;
      expect(() => verifyNaively([...blocks.slice(0, -1), last])).to.throw();
    }
  });
});
