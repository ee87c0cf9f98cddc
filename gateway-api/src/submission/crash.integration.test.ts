import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { readStatement } from '@passage/domain';
import { expect } from 'chai';

import { FakeLedger } from '../testing/fake-ledger.js';
import { prepared, settled } from '../testing/story.js';
import { TestGateway, UCR } from '../testing/test-gateway.js';

const program = fileURLToPath(new URL('../testing/crash-child.js', import.meta.url));
const ROUNDS = 4;
const SENT = 200;

describe('kill -9 of a gateway while it sends', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'passage-crash-'))));
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('loses nothing it has acknowledged and records nothing twice', async function () {
    this.timeout(60_000);
    const file = join(folder, 'ledger.jsonl');
    const { statements } = await setUp(file, folder);
    const acknowledged = new Set<string>();
    let next = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const child = await start(file, folder);
      child.on('message', ({ accepted }: { accepted?: string[] }) => {
        accepted?.forEach((id) => acknowledged.add(id));
      });
      const until = (SENT * (round + 1)) / ROUNDS;
      const before = acknowledged.size;
      for (; next < until; next += 5) child.send({ statements: statements.slice(next, next + 5) });
      // Some are acknowledged, some are on their way in, some are being sent.
      while (acknowledged.size < before + 5 * (round + 1)) await sleep(1);
      child.kill('SIGKILL');
      await once(child, 'exit');
    }

    const gateway = await (
      await TestGateway.open({ ledger: new FakeLedger(file), folder: join(folder, 'gateway'), init: false })
    ).start();
    for (const id of acknowledged) expect(await settled(gateway, id), id).to.include({ state: 'RECORDED' });
    await gateway.stop();
    const ids = recordedIds(new FakeLedger(file));
    expect(ids.length, 'each once').to.equal(new Set(ids).size);
  });
});

/** A ledger file with parties and a device, and statements of the device. */
async function setUp(file: string, folder: string): Promise<{ statements: readonly string[] }> {
  const gateway = await (
    await TestGateway.open({ ledger: new FakeLedger(file), folder: join(folder, 'gateway') })
  ).start();
  const device = await prepared(gateway);
  await gateway.stop();
  return { statements: Array.from({ length: SENT }, () => device.statement(UCR)) };
}

async function start(file: string, folder: string): Promise<ChildProcess> {
  const child = fork(program, [file, join(folder, 'gateway')], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  return child;
}

/** Ids of the statements in valid transactions whose key the transaction wrote. */
function recordedIds(ledger: FakeLedger): string[] {
  return ledger.chain
    .flatMap((block) => block.transactions)
    .filter((t) => t.command === 'RecordStatements' && t.code === 0)
    .flatMap((t) => {
      const written = new Set(t.writes.map(([key]) => key));
      return (JSON.parse(t.argument) as { statements: string[] }).statements
        .map((jws) => readStatement(jws))
        .filter(({ header }) => written.has(`statement/${header.kid}/${String(header.seq)}`))
        .map((s) => s.statementId);
    });
}
