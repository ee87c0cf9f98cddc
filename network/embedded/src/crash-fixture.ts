import { validPut } from './definition/transaction-fixture.js';
import { startNetwork } from './start-network.js';

/**
 * A program for a test to kill: starts the network and sends one transaction after another, without end. Each writes a key of
 * its own and one that all share. Prints `ack <transaction id> <key>` when one is committed as valid.
 */
const [dir = '', basePort = ''] = process.argv.slice(2);

const { network } = await startNetwork({
  dir,
  basePort: Number(basePort),
  chaincodeVersion: '1-crash',
  faithful: false,
  batchIntervalMs: 2,
  onFailure: (error) => {
    console.error(error);
    process.exit(3);
  },
});

const keys = new Map<string, string>();
network.ledger.onCommit(({ txIds, codes }) => {
  for (const [index, txId] of txIds.entries()) {
    const key = keys.get(txId);
    if (key !== undefined && codes[index] === 0) process.stdout.write(`ack ${txId} ${key}\n`);
  }
});

for (let count = 0; ; count++) {
  const key = `key/${process.pid}/${count}`;
  const { txId, envelope } = validPut(network.organizations, { [key]: key, shared: key });
  keys.set(txId, key);
  const { status, info } = await network.orderer.broadcast(envelope);
  if (status !== 200) throw new Error(info);
  if (count % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
}
