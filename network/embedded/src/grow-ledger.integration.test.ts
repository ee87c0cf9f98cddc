import { rmSync } from 'node:fs';

import { readBlock, TxValidationCode } from '@passage/ledger';
import { expect } from 'chai';

import { growLedger } from './grow-ledger.js';
import { temporaryFolder } from './pki/organizations-fixture.js';
import { startNetwork, type RunningNetwork } from './start-network.js';

describe('growLedger', function () {
  this.timeout(30_000);
  const dir = temporaryFolder();

  after(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  const start = (): Promise<RunningNetwork> =>
    startNetwork({
      dir,
      basePort: 23_480,
      chaincodeVersion: '1',
      faithful: false,
      batchIntervalMs: 20,
      onFailure: (error) => {
        throw error;
      },
    });

  const refusal = (folder: string): Promise<unknown> =>
    growLedger({ dir: folder, transactions: 1, perBlock: 1 }).catch((error: unknown) => error);

  it('adds valid transactions to the chain of a stopped network, which goes on from there', async () => {
    const first = await start();
    const height = first.network.ledger.height();
    expect(await refusal(dir)).to.have.property('code', 'LEDGER_LOCKED');
    await first.stop();
    const told: number[] = [];
    await growLedger({ dir, transactions: 25, perBlock: 10, onBlock: (added) => told.push(added) });
    expect(told).to.deep.equal([10, 20, 25]);
    const second = await start();
    const { ledger } = second.network;
    expect(ledger.height()).to.equal(height + 3);
    const last = readBlock(ledger.getBlock(height + 2) ?? new Uint8Array());
    expect([...(last.metadata[2] ?? [])]).to.deep.equal(Array(5).fill(TxValidationCode.VALID));
    await second.stop();
  });

  it('refuses a folder in which no network has run', async () => {
    const empty = temporaryFolder();
    expect(await refusal(empty)).to.have.property('code', 'FOLDER_UNUSABLE');
    rmSync(empty, { recursive: true, force: true });
  });
});
