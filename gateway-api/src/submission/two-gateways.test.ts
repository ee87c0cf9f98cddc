import { expect } from 'chai';

import { at } from '../testing/read.js';
import { codeOf, fine, openShipment, registerParty } from '../testing/story.js';
import { TestGateway } from '../testing/test-gateway.js';

describe('two gateways of one ledger', () => {
  let gateways: readonly [TestGateway, TestGateway];
  beforeEach(async () => {
    const first = await (await TestGateway.open()).start();
    await registerParty(first, 'KRIMP01', 'importer');
    await registerParty(first, 'CARRIER', 'carrier');
    gateways = [first, await (await TestGateway.open({ ledger: first.ledger })).start()];
  });
  afterEach(async () => {
    for (const gateway of gateways) await gateway.remove();
  });

  /** Valid transactions that opened a shipment. */
  const opened = (): number =>
    gateways[0].ledger.chain
      .flatMap(({ transactions }) => transactions)
      .filter(({ command, code }) => command === 'OpenShipment' && code === 0).length;

  it('carry out a request once that comes to both at the same time, and answer alike', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => openShipment(gateways[n % 2 === 0 ? 0 : 1])),
    );
    const blocks = new Set(answers.map((answer) => at(fine(answer), 'openShipment.receipt.block')));
    expect(blocks.size).to.equal(1);
    expect(opened()).to.equal(1);
  });

  it('carry out one of two requests of the same id with other inputs, and refuse the other as a conflict', async () => {
    const answers = await Promise.all(
      gateways.map((gateway, n) =>
        openShipment(gateway, { ucr: `6KRKRIMP01-000${String(n + 1)}`, requestId: 'the-same' }),
      ),
    );
    expect(answers.map(codeOf).sort()).to.deep.equal(['IDEMPOTENCY_CONFLICT', undefined]);
    expect(opened()).to.equal(1);
  });

  it('find at the other one what has just been done at the first', async () => {
    const [first, second] = gateways;
    const receipt = at(fine(await openShipment(first)), 'openShipment.receipt');
    const again = at(fine(await openShipment(second)), 'openShipment.receipt');
    expect(again).to.include({ duplicate: true, block: at(receipt, 'block') });
    expect(opened()).to.equal(1);
  });
});
