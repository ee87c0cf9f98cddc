import { expect } from 'chai';

import { CommitBoard, DUPLICATE_TXID, MVCC_READ_CONFLICT, VALID } from './commits.js';

const commit = (transactionId: string, code: number, block: number) => ({
  transactionId,
  code,
  block,
  position: 0,
});

describe('CommitBoard', () => {
  it('tells everyone who waits for a transaction, and nobody else', async () => {
    const board = new CommitBoard();
    const waiting = [board.expect('a'), board.expect('a')];
    let other = false;
    void board.expect('b').commit.then(() => (other = true));
    board.announce([commit('a', MVCC_READ_CONFLICT, 3)]);
    for (const { commit: told } of waiting)
      expect(await told).to.include({ code: MVCC_READ_CONFLICT, block: 3 });
    expect(other).to.equal(false);
  });

  it('does not take a twin that was refused as a duplicate for the first of its id', async () => {
    const board = new CommitBoard();
    const { commit: told } = board.expect('a');
    board.announce([commit('a', DUPLICATE_TXID, 3)]);
    board.announce([commit('a', VALID, 4)]);
    expect(await told).to.include({ code: VALID, block: 4 });
  });

  it('forgets who no longer waits', async () => {
    const board = new CommitBoard();
    const gone = board.expect('a');
    const stays = board.expect('a');
    gone.forget();
    board.announce([commit('a', VALID, 1)]);
    expect(await stays.commit).to.include({ block: 1 });
    expect(await Promise.race([gone.commit, Promise.resolve('nothing')])).to.equal('nothing');
  });
});
