import { expect } from 'chai';
import { headerHash, readBlock } from '@passage/ledger';

import { NetworkError } from './errors.js';
import { CHANNEL } from './organizations.js';
import { startServices } from './services.js';
import { TestNetwork } from './testing/test-network.js';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe('services of the embedded network', function () {
  this.timeout(60_000);
  let network: TestNetwork;

  before(async () => {
    network = await TestNetwork.start();
  });
  after(() => network.stop());

  it('answer queries of the ledger itself', async () => {
    const qscc = network.channel('auditor').getContract('qscc');
    await network.contract().submitTransaction('put', 'a', '1');
    const block = await qscc.evaluateTransaction('GetBlockByNumber', CHANNEL, '1');
    expect(readBlock(block).header.number).to.equal(1);
    expect(Buffer.from(block)).to.deep.equal(network.embedded.ledger.getBlock(1));
    expect(await qscc.evaluateTransaction('GetChainInfo', CHANNEL)).not.to.have.length(0);
    const hash = headerHash(readBlock(block).header);
    expect(await qscc.evaluateTransaction('GetBlockByHash', CHANNEL, hash)).to.deep.equal(block);
    expect(await qscc.evaluateTransaction('GetBlockByHash', CHANNEL, 'none').catch(String)).to.contain(
      'no such block hash [6e6f6e65] in index',
    );
    const missing = await qscc.evaluateTransaction('GetBlockByNumber', CHANNEL, '999').catch(String);
    expect(missing).to.contain('Failed to get block number 999');
  });

  it('say which port is in use, and listen nowhere then', async () => {
    const { ports } = network.organization('customs');
    const error: unknown = await startServices(network.embedded).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(NetworkError);
    expect((error as NetworkError).code).to.equal('PORT_IN_USE');
    expect((error as NetworkError).message).to.contain(String(ports.peer));
  });

  it('go on with the same ledger after a restart, and end open streams when they stop', async () => {
    await network.contract().submitTransaction('put', 'kept', 'over the restart');
    const height = network.embedded.ledger.height();
    const events = await network.channel().getBlockEvents();
    const ended = exhaust(events);
    await network.stopServices();
    await ended;

    await network.startServices();
    expect(network.embedded.ledger.height()).to.equal(height);
    expect(text(await network.contract('port').evaluateTransaction('get', 'kept'))).to.equal(
      'over the restart',
    );
    await network.contract('business').submitTransaction('put', 'after', '1');
    expect(network.embedded.ledger.height()).to.equal(height + 1);
  });
});

/** Reads a stream to its end, whatever that is. */
async function exhaust(stream: AsyncIterable<unknown>): Promise<void> {
  try {
    for await (const item of stream) expect(item).not.to.equal(undefined);
  } catch {
    // The server says that it stops: an end like any other here.
  }
}
