import { expect } from 'chai';

import type { CommittedBlock, Ledger, TransactionStatus } from '../network.js';
import { CommitWaiters } from './commit-waiters.js';

/** As much of a ledger as waiting needs, with blocks that come when the test says so. */
class FakeLedger {
  readonly listeners = new Set<(block: CommittedBlock) => void>();
  readonly statuses = new Map<string, TransactionStatus>();

  commitStatus(txId: string): TransactionStatus | undefined {
    return this.statuses.get(txId);
  }

  onCommit(listener: (block: CommittedBlock) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  commit(number: number, ...txIds: string[]): void {
    for (const [index, txId] of txIds.entries())
      this.statuses.set(txId, { blockNumber: number, index, code: 0 });
    const block = { number, bytes: new Uint8Array(), codes: new Uint8Array(txIds.length), txIds };
    for (const listener of this.listeners) listener(block);
  }

  asLedger(): Ledger {
    return this as unknown as Ledger;
  }
}

const never = new AbortController().signal;

describe('CommitWaiters', () => {
  it('tells everybody who waits for a transaction, and nobody else', async () => {
    const ledger = new FakeLedger();
    const waiters = new CommitWaiters(ledger.asLedger());
    const [first, second] = [waiters.statusOf('a', never), waiters.statusOf('a', never)];
    let others = 0;
    void waiters.statusOf('b', never).then(() => others++);
    ledger.commit(4, 'x', 'a');
    expect(await first).to.deep.equal({ blockNumber: 4, index: 1, code: 0 });
    expect(await second).to.deep.equal({ blockNumber: 4, index: 1, code: 0 });
    expect(others).to.equal(0);
  });

  it('answers at once if the transaction is on the ledger', async () => {
    const ledger = new FakeLedger();
    const waiters = new CommitWaiters(ledger.asLedger());
    ledger.commit(4, 'a');
    expect(await waiters.statusOf('a', never)).to.include({ blockNumber: 4 });
  });

  it('forgets a caller that has gone', async () => {
    const ledger = new FakeLedger();
    const waiters = new CommitWaiters(ledger.asLedger());
    const gone = new AbortController();
    const waiting = waiters.statusOf('a', gone.signal);
    gone.abort();
    expect(await waiting).to.equal(undefined);
    expect(await waiters.statusOf('b', gone.signal)).to.equal(undefined);
    ledger.commit(4, 'a');
  });

  it('lets everybody go when it closes, and listens no more', async () => {
    const ledger = new FakeLedger();
    const waiters = new CommitWaiters(ledger.asLedger());
    const waiting = waiters.statusOf('a', never);
    waiters.close();
    expect(await waiting).to.equal(undefined);
    expect(ledger.listeners.size).to.equal(0);
  });
});
