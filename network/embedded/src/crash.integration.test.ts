import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { toHex } from '@passage/ledger';
import { expect } from 'chai';

import { CHAINCODE } from './organizations.js';
import { networkPaths } from './paths.js';
import { temporaryFolder } from './pki/organizations-fixture.js';
import { EmbeddedLedger } from './store/embedded-ledger.js';

const ROUNDS = 6;
const BASE_PORT = 23_400;

describe('kill -9 of the embedded network', function () {
  this.timeout(120_000);

  /** What the program acknowledged before it was killed: transaction id to key. */
  async function runAndKill(dir: string, acknowledgements: number): Promise<Map<string, string>> {
    const program = fileURLToPath(new URL('./crash-fixture.js', import.meta.url));
    const child = spawn(process.execPath, [program, dir, String(BASE_PORT)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const acknowledged = new Map<string, string>();
    const ended = once(child, 'exit');
    for await (const line of createInterface({ input: child.stdout })) {
      const [, txId = '', key = ''] = line.split(' ');
      acknowledged.set(txId, key);
      if (acknowledged.size === acknowledgements) {
        // Somewhere within the next block, not always at the same place.
        await sleep(acknowledgements % 7);
        child.kill('SIGKILL');
      }
    }
    await ended;
    expect(child.signalCode).to.equal('SIGKILL');
    return acknowledged;
  }

  const openLedger = (dir: string): Promise<EmbeddedLedger> =>
    EmbeddedLedger.open(networkPaths(dir).ledger, () => {
      throw new Error('the ledger is gone');
    });

  /** Commit hash and flags of every block, and the whole state. */
  function everything(ledger: EmbeddedLedger): unknown {
    const blocks = Array.from({ length: ledger.height() }, (_, number) => [
      toHex(ledger.headerHash(number) ?? new Uint8Array(0)),
      toHex(ledger.commitHash(number) ?? new Uint8Array(0)),
    ]);
    return { blocks, state: [...ledger.state.range(CHAINCODE, '', '')] };
  }

  it('loses no acknowledged transaction and keeps none twice, round after round', async () => {
    const dir = temporaryFolder();
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < ROUNDS; round++) {
      for (const [txId, key] of await runAndKill(dir, 5 + round * 13)) acknowledged.set(txId, key);
    }
    expect(acknowledged.size).to.be.greaterThan(5 * ROUNDS);

    let ledger = await openLedger(dir);
    for (const [txId, key] of acknowledged) {
      expect(ledger.commitStatus(txId)?.code, txId).to.equal(0);
      expect(Buffer.from(ledger.state.get(CHAINCODE, key)?.value ?? '').toString()).to.equal(key);
      expect(ledger.history(CHAINCODE, key).map((entry) => entry.txId)).to.deep.equal([txId]);
    }
    const before = everything(ledger);
    await ledger.close();

    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(networkPaths(dir).ledger, `state.sqlite${suffix}`), { force: true });
    ledger = await openLedger(dir);
    expect(everything(ledger)).to.deep.equal(before);
    await ledger.close();
    rmSync(dir, { recursive: true });
  });
});
