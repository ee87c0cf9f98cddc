import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import { Refusal, gatewayError } from '../errors.js';
import { idsAt } from '../testing/read.js';
import { prepared, record, recordStatements, settled } from '../testing/story.js';
import { TestGateway, UCR, admin, importer } from '../testing/test-gateway.js';
import { testSettings } from '../testing/test-settings.js';
import { restoreBackup } from './restore-backup.js';
import { saveBackup } from './save-backup.js';

describe('a backup', function () {
  this.timeout(30_000);
  let gateway: TestGateway;
  let out: string;

  beforeEach(async () => {
    gateway = await (await TestGateway.open()).start();
    out = join(mkdtempSync(join(tmpdir(), 'passage-backup-')), 'saved');
  });
  afterEach(async () => {
    await gateway.remove();
    rmSync(join(out, '..'), { recursive: true, force: true });
  });

  const settings = () => testSettings(gateway.folder, 'business');
  const verify = (token: string): Promise<Caller> => Promise.resolve(token === 'admin' ? admin : importer);
  const asked = (token = 'admin') => gateway.gateway.backups.take(verify, `Bearer ${token}`);
  const save = () => saveBackup(out, settings(), asked);
  const restore = (changes: object = {}) => restoreBackup(out, { ...settings(), ...changes });
  const codeOf = (attempt: Promise<unknown>): Promise<unknown> =>
    attempt.then(
      () => 'done',
      (error: unknown) => (error instanceof Refusal ? error.code : error),
    );
  /** Statements that were accepted and cannot go out. */
  const waiting = async (): Promise<readonly string[]> => {
    const device = await prepared(gateway);
    gateway.ledger.faults = {
      endorse: () => gatewayError('LEDGER_UNAVAILABLE', 'down', { retryable: true }),
    };
    return idsAt(await recordStatements(gateway, [device.statement(UCR), device.statement(UCR)]), 'accepted');
  };

  it('is taken while the gateway runs, and brings back what waited in its outbox', async () => {
    const ids = await waiting();
    const { genesisHash, takenAt } = await save();
    expect(genesisHash).to.equal(settings().trust.genesisHash);
    expect(Date.parse(takenAt)).to.be.lessThanOrEqual(Date.now());
    const { ledger, folder } = gateway;
    await gateway.stop();
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `operational.sqlite${end}`), { force: true });
    await restore();
    ledger.faults = {};
    gateway = await (await TestGateway.open({ ledger, folder })).start();
    for (const id of ids) expect(await settled(gateway, id)).to.include({ state: 'RECORDED' });
  });

  it('is taken of a stopped gateway, too, and replaces an earlier one', async () => {
    await save();
    await gateway.stop();
    const never = () => Promise.reject(new Error('nobody is asked'));
    const second = await saveBackup(out, settings(), never);
    expect(JSON.parse(readFileSync(join(out, 'backup.json'), 'utf8'))).to.deep.equal(second);
    await restore();
    gateway = await (await TestGateway.open({ ledger: gateway.ledger, folder: gateway.folder })).start();
  });

  it("is given to the organisation's own administrator alone", async () => {
    expect(await codeOf(asked('party'))).to.equal('FORBIDDEN');
    expect(await codeOf(gateway.gateway.backups.take(verify, undefined))).to.equal('UNAUTHENTICATED');
    const stranger = () => Promise.resolve({ ...admin, org: 'port' });
    expect(await codeOf(gateway.gateway.backups.take(stranger, 'Bearer x'))).to.equal('FORBIDDEN');
  });

  it('is not restored while the gateway runs, nor over what is newer', async () => {
    await save();
    expect(await codeOf(restore())).to.equal('FOLDER_IN_USE');
    const device = await prepared(gateway);
    await record(gateway, [device.statement(UCR)]);
    await gateway.stop();
    expect(await codeOf(restore())).to.equal('BACKUP_OLDER');
    expect(existsSync(join(gateway.folder, 'operational.sqlite.before'))).to.equal(false);
  });

  it('is restored over a damaged database, which is kept', async () => {
    await save();
    await gateway.stop();
    const place = join(gateway.folder, 'operational.sqlite');
    for (const end of ['-wal', '-shm']) rmSync(place + end, { force: true });
    writeFileSync(place, 'no database');
    await restore();
    expect(readFileSync(`${place}.before`, 'utf8')).to.equal('no database');
    gateway = await (await TestGateway.open({ ledger: gateway.ledger, folder: gateway.folder })).start();
  });

  it('is refused for another ledger, another organisation, and where it was changed', async () => {
    await save();
    await gateway.stop();
    const { trust } = settings();
    const elsewhere = { trust: { ...trust, genesisHash: '0'.repeat(64) } };
    expect(await codeOf(restore(elsewhere))).to.equal('BACKUP_UNUSABLE');
    expect(await codeOf(restore(testSettings(gateway.folder, 'port')))).to.equal('BACKUP_UNUSABLE');
    appendFileSync(join(out, 'operational.sqlite'), 'x');
    expect(await codeOf(restore())).to.equal('BACKUP_UNUSABLE');
    truncateSync(join(out, 'backup.json'), 10);
    expect(await codeOf(restore())).to.equal('BACKUP_UNUSABLE');
  });
});
