import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from 'chai';

import { NetworkError } from '../errors.js';
import { BlockOrderer, type OrdererParts } from './orderer.js';

describe('BlockOrderer', () => {
  let blocks: string[][];
  let failures: unknown[];
  let notes: string[];
  let orderer: BlockOrderer;

  function start(parts: Partial<OrdererParts> = {}): void {
    blocks = [];
    failures = [];
    notes = [];
    orderer = new BlockOrderer({
      limits: () => ({ maxCount: 3, maxBytes: 1000, maxWaitMs: 5 }),
      mayStillBeOrdered: () => true,
      judge: (envelope) => {
        const requestId = Buffer.from(envelope).toString();
        return { accepted: true, requestId, isConfig: requestId.startsWith('config'), envelope };
      },
      isKnown: (id) => blocks.flat().includes(id),
      append: (envelopes) => {
        blocks.push(envelopes.map((envelope) => Buffer.from(envelope).toString()));
        return Promise.resolve();
      },
      fail: (error) => failures.push(error),
      note: (line) => notes.push(line),
      ...parts,
    });
  }
  afterEach(() => orderer.stop());

  const send = (text: string): ReturnType<BlockOrderer['broadcast']> => orderer.broadcast(Buffer.from(text));

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await sleep(1);
  }

  /** Long enough that a busy machine cuts no block before the test has sent everything. */
  const patient = { limits: () => ({ maxCount: 3, maxBytes: 1000, maxWaitMs: 200 }) };

  it('orders requests as they came, in blocks within the bounds', async () => {
    start(patient);
    for (const name of ['a', 'b', 'c', 'd'])
      expect(await send(name)).to.deep.equal({ status: 200, info: '' });
    await until(() => blocks.flat().length === 4);
    expect(blocks).to.deep.equal([['a', 'b', 'c'], ['d']]);
  });

  it('passes on what the filter refuses, and orders nothing of it', async () => {
    const refusal = { status: 403, info: 'no' };
    start({ judge: () => ({ accepted: false, refusal }) });
    expect(await send('a')).to.deep.equal(refusal);
    await sleep(10);
    expect(blocks).to.deep.equal([]);
  });

  it('refuses a request that is queued or ordered already', async () => {
    start();
    await send('a');
    expect(await send('a')).to.deep.equal({
      status: 503,
      info: 'failed to submit request: request already exists',
    });
    await until(() => blocks.length === 1);
    expect(await send('a')).to.deep.equal({
      status: 503,
      info: 'failed to submit request: request already processed',
    });
    expect(blocks).to.deep.equal([['a']]);
  });

  it('orders a configuration alone, and drops what it does not allow any more', async () => {
    start({ ...patient, mayStillBeOrdered: (envelope) => Buffer.from(envelope).toString() !== 'b' });
    for (const name of ['a', 'config', 'b', 'c']) await send(name);
    await until(() => blocks.flat().includes('c'));
    expect(blocks).to.deep.equal([['a'], ['config'], ['c']]);
    expect((await send('b')).status).to.equal(200);
  });

  it('keeps what it accepted while the disk is full, refuses more, and goes on when there is room', async function () {
    this.timeout(10_000);
    let full = true;
    start({
      append: (envelopes) => {
        if (full) return Promise.reject(new NetworkError('STORAGE_FULL', 'no room'));
        blocks.push(envelopes.map((envelope) => Buffer.from(envelope).toString()));
        return Promise.resolve();
      },
    });
    await send('a');
    await until(() => notes.length === 1);
    expect(await send('b')).to.deep.equal({ status: 503, info: 'STORAGE_FULL: no room' });
    full = false;
    await until(() => blocks.length === 1);
    expect(blocks).to.deep.equal([['a']]);
    expect((await send('b')).status).to.equal(200);
    expect(notes).to.have.length(2);
  });

  it('tells once of a failure that it cannot mend', async () => {
    start({ append: () => Promise.reject(new Error('broken')) });
    await send('a');
    await until(() => failures.length > 0);
    expect(failures).to.have.length(1);
    expect(await send('b')).to.deep.equal({ status: 503, info: 'the network is stopping' });
  });

  it('finishes the block in hand before it stops, and refuses afterwards', async () => {
    const gate = Promise.withResolvers<undefined>();
    start({
      append: async (envelopes) => {
        await gate.promise;
        blocks.push(envelopes.map((envelope) => Buffer.from(envelope).toString()));
      },
    });
    await send('a');
    await sleep(10);
    const stopped = orderer.stop();
    gate.resolve(undefined);
    await stopped;
    expect(blocks).to.deep.equal([['a']]);
    expect(await send('b')).to.deep.equal({ status: 503, info: 'the network is stopping' });
  });
});
