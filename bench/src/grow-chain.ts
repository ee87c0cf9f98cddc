import { growLedger } from '@passage/network-embedded';

/** Prints a line of JSON every so many transactions. */
const STEPS = 10;

/**
 * A process of its own, so that its memory is that of the ledger it writes: `grow-chain.js DIR TRANSACTIONS`. Prints
 * {"added", "megabytes"}, resident memory, at every tenth of the way.
 */
const [dir = '', count = '0'] = process.argv.slice(2);
const transactions = Number(count);
let told = 0;
await growLedger({
  dir,
  transactions,
  perBlock: 100,
  onBlock: (added) => {
    if (added < (transactions * (told + 1)) / STEPS) return;
    told += 1;
    process.stdout.write(`${JSON.stringify({ added, megabytes: process.memoryUsage.rss() / 1e6 })}\n`);
  },
});
