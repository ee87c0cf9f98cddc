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
import { listAt, textAt } from '../testing/read.js';
import { fine, prepared, registerDevice, settled } from '../testing/story.js';
import { TestGateway, UCR, carrier } from '../testing/test-gateway.js';
import { WebhookReceiver, isGenuine, silence } from '../testing/webhook-receiver.js';

const program = fileURLToPath(new URL('../testing/crash-child.js', import.meta.url));
const ROUNDS = 4;
const SENT = 200;
/** Every so many statements are told to a webhook. */
const WATCHED = 10;

describe('kill -9 of a gateway while it sends', () => {
  let folder: string;
  let receiver: WebhookReceiver;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'passage-crash-'));
    receiver = await new WebhookReceiver().listen();
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await receiver.close();
  });

  it('loses nothing it has acknowledged or had to deliver, and records nothing twice', async function () {
    this.timeout(60_000);
    const file = join(folder, 'ledger.jsonl');
    const { statements, ofWebhook, secret } = await setUp(file, folder, receiver.url);
    const cutOff: string[] = [];
    const acknowledged = new Set<string>();
    let next = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const child = await start(file, folder);
      child.on('message', ({ accepted }: { accepted?: string[] }) => {
        accepted?.forEach((id) => acknowledged.add(id));
      });
      const until = (SENT * (round + 1)) / ROUNDS;
      const before = acknowledged.size;
      // Of each round one delivery is taken, and the next one is under way when the gateway is killed.
      const taken = receiver.deliveries.length + 1;
      receiver.answer = () => (receiver.deliveries.length > taken ? silence() : 204);
      for (; next < until; next += 5) child.send({ statements: statements.slice(next, next + 5) });
      // Some are acknowledged, some are on their way in, some are being sent.
      while (acknowledged.size < before + 5 * (round + 1)) await sleep(1);
      const underWay = (await receiver.until(taken + 1))[taken];
      child.kill('SIGKILL');
      await once(child, 'exit');
      if (underWay) cutOff.push(underWay.id);
      receiver.answer = () => 204;
    }

    const gateway = await (
      await TestGateway.open({ ledger: new FakeLedger(file), folder: join(folder, 'gateway'), init: false })
    ).start();
    for (const id of acknowledged) expect(await settled(gateway, id), id).to.include({ state: 'RECORDED' });
    const ids = recordedIds(new FakeLedger(file));
    expect(ids.length, 'each once').to.equal(new Set(ids).size);
    const watched = ids.filter((id) => ofWebhook.has(id));
    while ((await delivered(gateway)) < watched.length) await sleep(5);
    await gateway.stop();
    const { deliveries } = receiver;
    for (const each of deliveries) expect(isGenuine(each, secret)).to.equal(true);
    const told = new Map(
      deliveries.map(({ id, body }) => [id, textAt(JSON.parse(body), 'data.statementId')]),
    );
    expect([...told.values()], 'each delivered, in order').to.deep.equal(watched);
    const times = (id: string): number => deliveries.filter((each) => each.id === id).length;
    expect(cutOff.map(times), 'what was under way comes again').to.have.length(ROUNDS);
    for (const id of cutOff) expect(times(id), 'under the same id').to.be.greaterThan(1);
  });
});

/** Deliveries that the gateway knows to be taken. */
async function delivered(gateway: TestGateway): Promise<number> {
  const [webhook] = listAt(fine(await gateway.ask('{ webhooks { delivered } }')), 'webhooks');
  return (webhook as { delivered: number }).delivered;
}

interface Story {
  readonly statements: readonly string[];
  /** The ids of those that the webhook is told of, and what signs its deliveries. */
  readonly ofWebhook: ReadonlySet<string>;
  readonly secret: string;
}

/** A ledger file with parties and two devices, statements of theirs, and a webhook that is told of one device's. */
async function setUp(file: string, folder: string, url: string): Promise<Story> {
  const gateway = await (
    await TestGateway.open({ ledger: new FakeLedger(file), folder: join(folder, 'gateway') })
  ).start();
  const device = await prepared(gateway);
  const watched = await registerDevice(gateway, carrier);
  const hook = `mutation { registerWebhook(url: "${url}", filter: { devices: ["${watched.kid}"] }) { secret } }`;
  const secret = textAt(fine(await gateway.ask(hook)), 'registerWebhook.secret');
  await gateway.stop();
  const statements = Array.from({ length: SENT }, (_, i) =>
    (i % WATCHED === 0 ? watched : device).statement(UCR),
  );
  const told = statements.filter((_, i) => i % WATCHED === 0);
  return { statements, ofWebhook: new Set(told.map((jws) => readStatement(jws).statementId)), secret };
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
