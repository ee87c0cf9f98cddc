import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readStatement } from '@passage/domain';
import { expect } from 'chai';

import { prepared, record } from '../testing/story.js';
import { TestGateway, UCR } from '../testing/test-gateway.js';
import { indexDigest } from './index-digest.js';
import { projectBlock } from './project.js';
import { editIndex, placeOfIndex } from '../testing/test-index.js';

const encode = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const none = { headerHash: '', previousHash: '', dataHash: '', checks: [], updates: [], head: Buffer.of() };

describe('projectBlock', () => {
  it('hides no row because of one that cannot be read', () => {
    const custody = { v: 1, ucr: UCR, custodian: 'P', since: '2026-01-01T00:00:00.000Z', handovers: 0 };
    const rows = projectBlock(
      {
        ...none,
        number: 7,
        transactions: [
          { position: 0, transactionId: '', code: 255, writes: [] },
          {
            position: 1,
            transactionId: 't',
            code: 0,
            call: { command: 'RecordStatements', argument: 'no json' },
            writes: [
              { key: 'shipment/x', value: Buffer.from('garbage') },
              { key: 'unknown/kind', value: encode({}) },
              { key: `custody/${UCR}`, value: encode(custody) },
            ],
          },
        ],
      },
      () => undefined,
    );
    expect(rows.transaction.map((t) => t.code)).to.deep.equal([255, 0]);
    expect(rows.shipment).to.deep.equal([]);
    expect(rows.custody).to.have.length(1);
    expect(rows.event.map((e) => e.kind)).to.deep.equal(['shipment_opened']);
  });

  it('takes no statement from an argument whose key the transaction did not write', async () => {
    const gateway = await (await TestGateway.open()).start();
    const jws = (await prepared(gateway)).statement(UCR);
    await gateway.remove();
    const { header, statementId } = readStatement(jws);
    const key = `statement/${header.kid}/${String(header.seq)}`;
    const rowsWith = (writes: { key: string; value: Uint8Array }[]) =>
      projectBlock(
        {
          ...none,
          number: 1,
          transactions: [
            {
              position: 0,
              transactionId: 't',
              code: 0,
              call: { command: 'RecordStatements', argument: JSON.stringify({ statements: [jws] }) },
              writes,
            },
          ],
        },
        () => undefined,
      ).statement;
    const id = statementId.slice(statementId.indexOf(';') + 1);
    expect(rowsWith([])).to.deep.equal([]);
    expect(rowsWith([{ key, value: encode({ v: 1, id: 'A'.repeat(43) }) }])).to.deep.equal([]);
    expect(rowsWith([{ key, value: encode({ v: 1, id }) }])).to.have.length(1);
    expect(rowsWith([{ key, value: encode({ v: 1, id }) }])[0]?.signature_holds, 'no key, no claim').to.equal(
      0,
    );
  });
});

describe('an index', () => {
  it('is rebuilt to the same rows, and every row counts in its digest', async () => {
    const gateway = await (await TestGateway.open()).start();
    const device = await prepared(gateway);
    await record(gateway, [device.statement(UCR), device.statement(UCR)]);
    await gateway.stop();
    const before = await indexDigest(await placeOfIndex(gateway.folder));
    expect(before.blocks).to.equal(gateway.ledger.chain.length);

    const folder = mkdtempSync(join(tmpdir(), 'passage-rebuild-'));
    const again = await (await TestGateway.open({ ledger: gateway.ledger, folder })).start();
    await again.stop();
    const digest = async () => indexDigest(await placeOfIndex(folder));
    expect(await digest()).to.deep.equal(before);

    await editIndex(folder, `UPDATE event SET place = 'CNSHA' WHERE kind = 'observation' AND item = 0`);
    expect(await digest()).not.to.deep.equal(before);
    rmSync(folder, { recursive: true, force: true });
    rmSync(gateway.folder, { recursive: true, force: true });
  });
});
