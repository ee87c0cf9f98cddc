import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from 'chai';
import { pino } from 'pino';

import type { BlockSource } from '../fabric/ports.js';
import { Follower } from './follower.js';
import { oneOf } from './indexer.js';
import type { IndexedBlock } from './indexed-block.js';
import type { IndexedBlocks, Indexer } from './indexer.js';
import { BlockRefused } from './verified-block.js';

const log = pino({ level: 'silent' });
const pace = { first: 1, most: 4 };

/** Counts blocks; a block's bytes are its number. */
class Counting implements Indexer {
  readonly added: number[] = [];
  closed = false;
  refuse: number | undefined;

  head() {
    const number = this.added.at(-1);
    return Promise.resolve(number === undefined ? undefined : { number, headerHash: 'h' });
  }

  readonly batches: number[] = [];

  async add(bytes: Uint8Array): Promise<IndexedBlock> {
    return oneOf(await this.addAll([bytes]));
  }

  async addAll(blocks: readonly Uint8Array[]): Promise<IndexedBlocks> {
    await sleep(1);
    const numbers = blocks.map((bytes) => bytes[0] ?? 0);
    const wrong = numbers.findIndex((number) => number === this.refuse);
    const right = wrong < 0 ? numbers : numbers.slice(0, wrong);
    this.added.push(...right);
    this.batches.push(right.length);
    const indexed = right.map((number) => ({ number, headerHash: 'h', transactions: [], statementIds: [] }));
    return wrong < 0
      ? { indexed }
      : { indexed, refused: new BlockRefused(this.refuse ?? 0, 'data-hash', 'altered') };
  }

  close() {
    this.closed = true;
    return Promise.resolve();
  }
}

/** Serves blocks up to `height`, and breaks after each `cut`. */
function source(height: () => number, cut = Infinity): BlockSource {
  return {
    newest: () => Promise.resolve(height() - 1),
    async *blocks(from, signal) {
      let served = 0;
      for (let next = from; !signal.aborted;) {
        if (served++ >= cut) throw new Error('connection lost');
        if (next < height()) yield Uint8Array.of(next++);
        else await sleep(1);
      }
    },
  };
}

const until = async (is: () => boolean): Promise<void> => {
  while (!is()) await sleep(1);
};

describe('Follower', () => {
  it('indexes every block once, in order, over a connection that breaks', async () => {
    const indexer = new Counting();
    const follower = new Follower(
      source(() => 20, 3),
      indexer,
      log,
      pace,
    );
    const heard: number[] = [];
    follower.onBlock((block) => heard.push(block.number));
    follower.start();
    await follower.caughtUp;
    await follower.stop();
    expect(indexer.added).to.deep.equal(Array.from({ length: 20 }, (_, i) => i));
    expect(heard).to.deep.equal(indexer.added);
    expect(indexer.closed).to.equal(true);
  });

  it('takes many blocks together while it catches up, and each as it comes from then on', async () => {
    const indexer = new Counting();
    let height = 200;
    const follower = new Follower(
      source(() => height),
      indexer,
      log,
      pace,
    );
    follower.start();
    await follower.caughtUp;
    expect(indexer.added).to.deep.equal(Array.from({ length: 200 }, (_, i) => i));
    expect(Math.max(...indexer.batches)).to.equal(64);
    height++;
    await until(() => indexer.added.length === height);
    expect(indexer.batches.at(-1)).to.equal(1);
    await follower.stop();
  });

  it('has caught up at once when there is nothing new', async () => {
    const indexer = new Counting();
    indexer.added.push(4);
    const follower = new Follower(
      source(() => 5),
      indexer,
      log,
      pace,
    );
    follower.start();
    await follower.caughtUp;
    expect(follower.state).to.deep.include({
      connected: true,
      newest: 4,
      indexed: { number: 4, headerHash: 'h' },
    });
    await follower.stop();
  });

  it('stands still at a block that fails a check, and goes on when the peer serves a right one', async () => {
    const indexer = new Counting();
    indexer.refuse = 2;
    const follower = new Follower(
      source(() => 4),
      indexer,
      log,
      pace,
    );
    follower.start();
    await until(() => follower.state.refused !== undefined);
    expect(follower.state.refused).to.deep.equal({ block: 2, check: 'data-hash', message: 'altered' });
    expect(indexer.added).to.deep.equal([0, 1]);
    indexer.refuse = undefined;
    await follower.caughtUp;
    expect(indexer.added).to.deep.equal([0, 1, 2, 3]);
    expect(follower.state.refused).to.equal(undefined);
    await follower.stop();
  });

  it('names the block that failed while it asks the peer again', async () => {
    const indexer = new Counting();
    indexer.refuse = 2;
    const real = source(() => 4);
    const named: unknown[] = [];
    const asked: BlockSource = {
      newest: () => real.newest(),
      blocks: (from, signal) => {
        named.push(follower.state.refused?.block);
        return real.blocks(from, signal);
      },
    };
    const follower = new Follower(asked, indexer, log, pace);
    follower.start();
    await until(() => named.length >= 4);
    await follower.stop();
    expect(named.slice(0, 4)).to.deep.equal([undefined, 2, 2, 2]);
  });

  it('says why it is not connected, and comes back', async () => {
    let away = true;
    const real = source(() => 2);
    const flaky: BlockSource = {
      newest: () => (away ? Promise.reject(new Error('no peer')) : real.newest()),
      blocks: (from, signal) => real.blocks(from, signal),
    };
    const follower = new Follower(flaky, new Counting(), log, pace);
    follower.start();
    await until(() => follower.state.trouble !== undefined);
    expect(follower.state).to.deep.include({ connected: false, trouble: 'no peer' });
    away = false;
    await follower.caughtUp;
    expect(follower.state.connected).to.equal(true);
    await follower.stop();
  });

  it('tells of the blocks that were written before writing failed, and reads on behind them', async () => {
    const indexer = new Counting();
    const whole = indexer.addAll.bind(indexer);
    let isFull = true;
    indexer.addAll = async (blocks) => {
      if (!isFull) return whole(blocks);
      isFull = false;
      return { ...(await whole(blocks.slice(0, 1))), failed: new Error('disk full') };
    };
    const heard: number[] = [];
    const follower = new Follower(
      source(() => 9),
      indexer,
      log,
      pace,
    );
    follower.onBlock((block) => heard.push(block.number));
    follower.start();
    await follower.caughtUp;
    expect(isFull).to.equal(false);
    expect(heard).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(indexer.added).to.deep.equal(heard);
    await follower.stop();
  });
});
