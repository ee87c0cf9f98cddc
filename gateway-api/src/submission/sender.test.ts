import { expect } from 'chai';

import { Refusal } from '../errors.js';
import { membersAt } from '../testing/read.js';
import { fine, openShipment, prepared, registerParty, send } from '../testing/story.js';
import { TestGateway, UCR, carrier } from '../testing/test-gateway.js';

describe('sending a command', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await (await TestGateway.open()).start();
  });
  afterEach(() => gateway.remove());

  const offer = (requestId: string) =>
    send(
      gateway,
      carrier,
      'offerHandover',
      { requestId, ucr: UCR, to: 'KRIMP01', place: 'KRPUS' },
      'handover { number } receipt { duplicate }',
    );

  /** Another writer changes what was read between simulation and ordering, `times` times. */
  const contend = (times: number): void => {
    let left = times;
    gateway.ledger.faults = {
      broadcast: (transaction) => {
        if (left-- <= 0) return undefined;
        const custody = transaction.writes.filter(([key]) => key === `custody/${UCR}`);
        const [key, value] = custody[0] ?? ['', '{}'];
        const settled = JSON.stringify({ ...(JSON.parse(value) as object), handovers: 0, open: undefined });
        gateway.ledger.commit({
          ...transaction,
          transactionId: `other-${String(left)}`,
          command: 'Other',
          writes: [[key, settled]],
        });
        return undefined;
      },
    };
  };

  it('proposes anew after a conflict', async () => {
    await prepared(gateway);
    contend(2);
    expect(fine(await offer('o'))['offerHandover']).to.deep.equal({
      handover: { number: 1 },
      receipt: { duplicate: false },
    });
  });

  it('gives up after a bounded number of conflicts, having written nothing', async () => {
    await prepared(gateway);
    contend(100);
    const answer = await offer('o');
    expect(answer.errors?.[0]?.extensions).to.include({ code: 'CONFLICT_PERSISTS', retryable: true });
    expect(answer.errors?.[0]?.extensions['transactionId']).to.be.a('string');
  });

  it('does not propose anew what is dead for good', async () => {
    await prepared(gateway);
    const before = gateway.ledger.broadcasts.length;
    gateway.ledger.faults = {
      broadcast: (transaction) => {
        gateway.ledger.commit({ ...transaction, code: 4 });
        return undefined;
      },
    };
    const answer = await offer('o');
    expect(answer.errors?.[0]?.extensions).to.include({ code: 'TRANSACTION_INVALID', retryable: false });
    expect(answer.errors?.[0]?.extensions['details']).to.include({ validationCode: 4 });
    expect(gateway.ledger.broadcasts.length - before).to.equal(1);
  });

  it('finds the block of a request whose answer was lost', async () => {
    await registerParty(gateway, 'KRIMP01', 'importer');
    await registerParty(gateway, 'CARRIER', 'carrier');
    gateway.ledger.faults = { broadcast: () => 'after' };
    const { receipt } = membersAt(fine(await openShipment(gateway)), 'openShipment');
    expect(receipt).to.deep.include({ duplicate: false, block: gateway.ledger.chain.length - 1 });
  });

  it('says that the fate is unknown when no block comes in time', async () => {
    gateway.ledger.faults = { broadcast: () => 'before' };
    const { sender } = gateway.gateway;
    const transaction = {
      transactionId: 'lost',
      prepared: Buffer.from('{"transactionId":"lost"}'),
      signature: Buffer.from('signed'),
    };
    const fate = await sender.deliver(transaction, AbortSignal.timeout(60)).catch((error: unknown) => error);
    expect(fate).to.be.instanceOf(Refusal).with.property('code', 'COMMIT_UNKNOWN');
  });
});
