import { expect } from 'chai';

import { Refusal } from '../errors.js';
import { BlockWait } from './block-wait.js';

describe('waiting for a block', () => {
  let head: number;
  const waiting = (patience?: number) => new BlockWait(() => Promise.resolve(head), patience);
  beforeEach(() => (head = 5));

  it('is over at once for a block that is there', () => waiting(0).until(5));

  it('ends with the block, not with an earlier one', async () => {
    const blocks = waiting();
    let over = false;
    const seven = blocks.until(7).then(() => (over = true));
    blocks.announce(++head);
    await new Promise(setImmediate);
    expect(over).to.equal(false);
    blocks.announce(++head);
    await seven;
  });

  it('sees a block that came while it looked', async () => {
    const blocks: BlockWait = new BlockWait(() => {
      const seen = head;
      if (head < 7) blocks.announce((head = 7));
      return Promise.resolve(seen);
    });
    await blocks.until(7);
  });

  it('ends with a code when the block does not come in time', async () => {
    const late: unknown = await waiting(10)
      .until(6)
      .catch((error: unknown) => error);
    expect(late).to.be.instanceOf(Refusal).with.property('code', 'BLOCK_NOT_REACHED');
    const { facts } = late as Refusal;
    expect(facts).to.deep.include({ retryable: true, details: { afterBlock: 6, indexedBlock: 5 } });
  });

  it('ends when the caller has gone', async () => {
    const caller = new AbortController();
    const gone = waiting().until(6, caller.signal);
    caller.abort();
    await gone;
  });
});
