import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import { gatewayError } from '../errors.js';
import { indexDigest } from '../index/index-digest.js';
import { openOperationalDatabase } from './outbox-database.js';
import { at, idsAt } from '../testing/read.js';
import { prepared, recordStatements, settled } from '../testing/story.js';
import { TestGateway, UCR } from '../testing/test-gateway.js';
import { dropIndex, placeOfIndex } from '../testing/test-index.js';

describe('an index that is dropped with a full outbox', function () {
  this.timeout(30_000);

  it('comes back row for row; nothing that was accepted is lost or recorded twice, and access records stay', async () => {
    let gateway = await (await TestGateway.open()).start();
    const { ledger, folder } = gateway;
    const device = await prepared(gateway);
    ledger.faults = { endorse: () => gatewayError('LEDGER_UNAVAILABLE', 'down', { retryable: true }) };
    const statements = Array.from({ length: 120 }, () => device.statement(UCR));
    const ids = idsAt(await recordStatements(gateway, statements), 'accepted');
    expect(ids).to.have.length(120);
    await gateway.ask(`{ shipment(ucr: "${UCR}") { ucr } }`);
    await gateway.stop();

    const digest = async () => indexDigest(await placeOfIndex(folder));
    const before = await digest();
    await dropIndex(folder);
    gateway = await TestGateway.open({ ledger, folder });
    gateway.gateway.follower.start();
    await gateway.gateway.follower.caughtUp;
    expect(await digest()).to.deep.equal(before);

    ledger.faults = {};
    await gateway.gateway.dispatcher.resume();
    for (const id of ids) expect(await settled(gateway, id)).to.include({ state: 'RECORDED' });
    const recorded = ledger.chain.flatMap(({ transactions }) =>
      transactions.filter(({ code, command }) => code === 0 && command === 'RecordStatements'),
    );
    const written = recorded.flatMap(({ writes }) => writes).filter(([key]) => key.startsWith('statement/'));
    expect(written).to.have.length(120);
    expect(new Set(written.map(([key]) => key)).size).to.equal(120);
    await gateway.stop();
    const operational = await openOperationalDatabase(join(folder, 'operational.sqlite'));
    const records = await operational.selectFrom('access').select('query').execute();
    await operational.destroy();
    expect(at(records, '0.query')).to.equal('shipment');
    rmSync(folder, { recursive: true, force: true });
  });
});
