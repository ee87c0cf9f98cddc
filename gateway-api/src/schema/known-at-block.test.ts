import { setTimeout as sleep } from 'node:timers/promises';

import { prologue, scenarios, scenesOf } from '@passage/domain/testing';
import type { Play } from '@passage/domain/testing';
import { expect } from 'chai';

import { fakeIdentity } from '../testing/fake-ledger.js';
import { everything, queries, questionsAbout, textOf, writtenBy } from '../testing/questions.js';
import type { Question } from '../testing/questions.js';
import { at } from '../testing/read.js';
import { codeOf, fine } from '../testing/story.js';
import { TEST_LEDGER } from '../testing/test-device.js';
import { TestGateway, auditor } from '../testing/test-gateway.js';
import { isOverPostgres } from '../testing/test-index.js';

/** After how many acts everything is asked: the same SQL is sent each time, so PostgreSQL is asked less often. */
const every = isOverPostgres ? 3 : 1;

describe('what was known at a block', function () {
  this.timeout(60_000);
  let gateway: TestGateway;
  const asked = new Set<string>();

  const play = async ({ caller, name, input }: Play): Promise<void> => {
    const json = JSON.stringify(input);
    await gateway.ledger.broadcast(await gateway.ledger.endorse(name, json, fakeIdentity(caller)));
  };
  /** Waits until the index has the whole ledger; its newest block. */
  const indexed = async (): Promise<number> => {
    const newest = await gateway.ledger.newest();
    while ((await gateway.gateway.services.status.asOfBlock()) < newest) await sleep(1);
    return newest;
  };
  const answers = async (questions: readonly Question[], block: number | null = null): Promise<unknown> => {
    for (const [query] of questions) asked.add(query);
    return fine(await gateway.ask(textOf(questions), auditor, { block }));
  };

  before(async () => {
    const most = Number.MAX_SAFE_INTEGER;
    const limits = { depth: most, aliases: most, tokens: most, cost: most, milliseconds: 600_000 };
    gateway = await (await TestGateway.open({ limits, init: false })).start();
    for (const scene of prologue(TEST_LEDGER)) await play(scene);
  });
  after(() => gateway.remove());

  for (const scenario of scenarios) {
    it(`is what the gateway answered then: ${scenario.title}`, async () => {
      const scenes = scenesOf(scenario, TEST_LEDGER, new Date());
      const questions = questionsAbout(scenes);
      const then = new Map<number, unknown>();
      const written = scenes.filter((scene) => writtenBy(scene).length > 0);
      for (const [index, scene] of written.entries()) {
        await play(scene);
        const block = await indexed();
        if (index % every === 0) then.set(block, await answers(questions));
      }
      for (const [block, answer] of then) {
        expect(await answers(questions, block), `block ${String(block)}`).to.deep.equal(answer);
      }
    });
  }

  it('was asked in every way that can be asked', () => {
    expect([...asked].sort()).to.deep.equal([...everything.keys()].sort());
  });

  it('can be asked of everything that the ledger says', () => {
    const others = queries.map(({ name }) => name).filter((name) => !everything.has(name));
    expect(others.sort()).to.deep.equal([
      'accessRecords',
      'alert',
      'alerts',
      'consistencyProof',
      'evidenceBundle',
      'inclusionProof',
      'ledgerAlerts',
      'ledgerStatus',
      'opening',
      'openingsDue',
      'shipmentStatement',
      'statement',
      'treeHead',
      'webhooks',
    ]);
  });

  it('is refused for a block that is not verified yet, and for what is no block', async () => {
    const newest = await indexed();
    const ask = (block: number) =>
      gateway.ask(`{ forgeries(asKnownAt: ${String(block)}) { nodes { key } } }`);
    expect(fine(await ask(newest))).to.deep.equal({ forgeries: { nodes: [] } });
    const beyond = await ask(newest + 1);
    expect(codeOf(beyond)).to.equal('BLOCK_NOT_INDEXED');
    expect(at(beyond.errors?.[0]?.extensions, 'details.indexed')).to.equal(newest);
    expect(codeOf(await ask(-1))).to.equal('BAD_ARGUMENT');
  });
});
