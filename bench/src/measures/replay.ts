import { join } from 'node:path';

import { openRecorded, replay } from '@passage/auditor';

import { inTurn } from '../load.js';
import { opensslVerifications } from '../machine.js';
import { partyInput } from '../party-input.js';
import type { Measurement } from '../report.js';
import { signaturesIn } from '../signature-count.js';
import type { Stage } from '../stage.js';
import { ratios, spread } from '../statistics.js';

/** A shorter chain would show how long the program takes to start and to warm up. */
const LEAST_TRANSACTIONS = 1000;

/** What a folder of blocks holds. */
interface ChainSize {
  readonly transactions: number;
  readonly signatures: number;
}

async function sizeOf(folder: string): Promise<ChainSize> {
  let [transactions, signatures] = [0, 0];
  for await (const { block } of openRecorded(folder).blocks()) {
    transactions += block.envelopes.length;
    signatures += signaturesIn(block);
  }
  return { transactions, signatures };
}

/** Registers parties until the chain is long enough; the other measurements have done so already. */
export async function lengthen(stage: Stage, folder: string, least = LEAST_TRANSACTIONS): Promise<ChainSize> {
  const { transactions } = await sizeOf(folder);
  const missing = Math.max(0, least - transactions);
  const { plain } = await stage.admin();
  const inputs = Array.from({ length: missing }, (_, number) => partyInput('FILL', number));
  await inTurn(inputs, 64, (input) => plain.submit('RegisterParty', input));
  return sizeOf(folder);
}

/** Verifying the chain that the other measurements left, beside the signatures alone, checked by OpenSSL's own benchmark. */
export async function measureReplay(stage: Stage, rounds: number): Promise<Measurement[]> {
  const folder = join(stage.network.layout.network, 'ledger');
  const { genesisHash } = stage.network;
  const { transactions, signatures } = await lengthen(stage, folder);
  const perSecond: number[] = [];
  const openssl: number[] = [];
  let devices = 0;
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    const report = await replay(openRecorded(folder), { genesisHash });
    const { user, system } = process.cpuUsage(before);
    if (report.differences.length > 0) throw new Error('the replay found a difference: no figure');
    devices = report.checks['device-signature'] ?? 0;
    perSecond.push((transactions * 1e6) / (user + system));
    openssl.push(opensslVerifications() ?? Number.NaN);
  }
  const perTransaction = (signatures + devices) / transactions;
  const verified = perSecond.map((value) => value * perTransaction);
  const possible = openssl.map((value) => value / perTransaction);
  return [
    {
      title: `Replay of ${String(transactions)} transactions with ${String(signatures)} signatures of Fabric's and ${String(devices)} of devices, a second of processor time`,
      ours: 'passage replay, every check',
      theirs: 'openssl speed ecdsap256, signatures alone',
      rows: [
        {
          what: 'transactions',
          unit: '1/s',
          ours: spread(perSecond),
          theirs: spread(possible),
          ratio: ratios(perSecond, possible),
        },
        {
          what: 'signatures',
          unit: '1/s',
          ours: spread(verified),
          theirs: spread(openssl),
          ratio: ratios(verified, openssl),
        },
      ],
      notes: ['what OpenSSL is not asked to do: reading, hashing, policies, versions, state, custody rules'],
    },
  ];
}
