import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import {
  decode,
  headerHash,
  LIFECYCLE_NAMESPACE,
  MemoryState,
  readBlock,
  readEndorserTransaction,
  readEnvelope,
  readFrame,
  readInvocation,
  readReadWriteSet,
  recover,
  SerializedIdentity,
  startChain,
  toHex,
  verifyNextBlock,
  type RawBlock,
} from '@passage/ledger';
import { needSharedData } from '@passage/testing';
import { expect } from 'chai';

import { callLifecycle } from './lifecycle-chaincode.js';

/** The blocks of the chain that was recorded from a real network. */
function recordedBlocks(folder: string): RawBlock[] {
  const blocks: RawBlock[] = [];
  const stream = gunzipSync(readFileSync(join(folder, 'blocks.bin.gz')));
  for (let offset = 0, frame = readFrame(stream, 0); frame !== undefined; frame = readFrame(stream, offset)) {
    blocks.push(readBlock(frame.content));
    offset = frame.next;
  }
  return blocks;
}

/** The call of _lifecycle in an envelope, if it is one, and who endorsed it with what. */
function lifecycleCall(envelope: Uint8Array) {
  return recover(
    () => {
      const transaction = readEndorserTransaction(readEnvelope(envelope).payload?.data ?? new Uint8Array());
      const { name, input } = readInvocation(transaction.visiblePayload);
      if (name !== LIFECYCLE_NAMESPACE) return undefined;
      const [endorsement] = transaction.endorsements;
      const { mspid } = decode(SerializedIdentity, endorsement?.endorser ?? new Uint8Array());
      return { args: input.args, mspId: mspid, results: transaction.chaincodeAction.results };
    },
    () => undefined,
  );
}

describe('_lifecycle against a real network', function () {
  this.timeout(60_000);

  it('reads and writes in every recorded approval and commit exactly what the peers did', function () {
    const blocks = recordedBlocks(needSharedData(this, 'fabric-chain'));
    const [genesis] = blocks;
    if (genesis === undefined) throw new TypeError('no block');
    const state = new MemoryState();
    const ids = new Set<string>();
    let { head } = startChain(genesis, toHex(headerHash(genesis.header)));
    let compared = 0;
    for (const block of blocks.slice(1)) {
      for (const envelope of block.envelopes) {
        const call = lifecycleCall(envelope);
        if (call === undefined) continue;
        const { response, results } = callLifecycle({
          args: call.args,
          mspId: call.mspId,
          config: head.config,
          ledger: { state, envelopeAt: (number, index) => blocks[number]?.envelopes[index] },
          denial: () => undefined,
        });
        expect(response.status, `${response.message} in block ${block.header.number}`).to.equal(200);
        expect(readReadWriteSet(results), `block ${block.header.number}`).to.deep.equal(
          readReadWriteSet(call.results),
        );
        expect(digest(results)).to.equal(digest(call.results));
        compared++;
      }
      const verified = verifyNextBlock(head, block, state, { isKnownTransaction: (id) => ids.has(id) });
      state.apply(verified.verdict.updates);
      for (const { txId } of verified.verdict.transactions) ids.add(txId);
      head = verified.head;
    }
    expect(compared).to.equal(19);
  });
});

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
