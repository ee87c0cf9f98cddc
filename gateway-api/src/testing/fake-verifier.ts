import { BlockRefused } from '../index/verified-block.js';
import type { BlockBefore, BlockVerifier, VerifiedBlock } from '../index/verified-block.js';
import type { RereadBlock } from '../recheck/reread-block.js';
import type { FakeBlock } from './fake-ledger.js';

/** Reads the fake ledger's blocks; `refuse` names a block that fails a check. */
export class FakeVerifier implements BlockVerifier {
  readonly checks = ['fake check'];
  readonly notChecked = ['everything else'];
  refuse: number | undefined;

  verify(before: BlockBefore | undefined, bytes: Uint8Array): VerifiedBlock {
    const head = before instanceof Uint8Array ? before : before?.head;
    const block = JSON.parse(Buffer.from(bytes).toString('utf8')) as FakeBlock;
    const expected = head === undefined ? 0 : Number(Buffer.from(head).toString()) + 1;
    if (block.number !== expected)
      throw new BlockRefused(block.number, 'chain-link', `expected block ${expected}`);
    if (block.number === this.refuse)
      throw new BlockRefused(block.number, 'orderer-quorum', 'too few signatures');
    const transactions = transactionsOf(block);
    return {
      number: block.number,
      headerHash: fakeHeaderHash(block.number),
      previousHash: fakeHeaderHash(block.number - 1),
      dataHash: fakeHeaderHash(block.number),
      checks: this.checks,
      transactions,
      updates: transactions.flatMap(({ writes, position }) =>
        writes.map((w) => ({ ...w, namespace: 'passage', version: { block: block.number, tx: position } })),
      ),
      head: Buffer.from(String(block.number)),
    };
  }
}

function transactionsOf(block: FakeBlock): VerifiedBlock['transactions'] {
  return block.transactions.map((t, position) => ({
    position,
    transactionId: t.transactionId,
    code: t.code ?? 0,
    timestamp: t.timestamp,
    creator: {
      mspId: t.caller.mspId,
      ...(t.caller.partyId !== undefined && { party: t.caller.partyId }),
      ...(t.caller.role !== undefined && { role: t.caller.role }),
      ...(t.caller.keyHeldBy !== undefined && { keyHeldBy: t.caller.keyHeldBy }),
    },
    call: { command: t.command, argument: t.argument },
    writes: t.code === 0 ? t.writes.map(([key, value]) => ({ key, value: Buffer.from(value) })) : [],
  }));
}

/** Reads a fake block again. A member `altered` stands for what a hash would show. */
export function fakeReread(bytes: Uint8Array): Promise<RereadBlock> {
  const block = JSON.parse(Buffer.from(bytes).toString('utf8')) as FakeBlock & { readonly altered?: string };
  return Promise.resolve({
    number: block.number,
    headerHash: fakeHeaderHash(block.number),
    previousHash: fakeHeaderHash(block.number - 1),
    dataHash: fakeHeaderHash(block.number),
    transactions: transactionsOf(block),
    ...(block.altered !== undefined && { fault: block.altered }),
  });
}

/** Every fake chain has the same headers. */
export function fakeHeaderHash(number: number): string {
  return Math.max(number, 0).toString(16).padStart(64, '0');
}
