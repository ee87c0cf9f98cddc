import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from 'chai';

import { asOnPage, examplesOf } from './testing/examples.js';
import { exampleStory } from './testing/example-story.js';
import { runExample } from './testing/run-example.js';
import type { TestGateway } from './testing/test-gateway.js';

describe('docs/queries.md', function () {
  this.timeout(30_000);
  const examples = examplesOf('queries.md');
  const answers: unknown[] = [];
  let gateway: TestGateway;
  before(async () => {
    gateway = await exampleStory();
    gateway.gateway.alertWatch.start();
    const newest = await gateway.ledger.newest();
    while ((await gateway.gateway.alertWatch.lookedAt()) < newest) await sleep(5);
  });
  after(() => gateway.remove());

  it('has an example for everything that a gateway is asked', () => {
    expect([...new Set(examples.map(({ heading }) => heading))]).to.deep.equal([
      'A shipment and its timeline',
      'Where it comes from, and where it went',
      'Custody and containment at a moment',
      'Seals',
      'Material shares',
      'Declarations',
      'The hold queue',
      'Inspections',
      'Devices',
      'Alerts and their life',
      'Documents',
      'Disputes',
      'As known at a block',
      'The ledger, and waiting for a block',
      'An act that happens once',
      'Following the ledger',
      'Who has read what',
    ]);
  });

  for (const [i, example] of examples.entries()) {
    it(`is answered as it says: ${example.heading}, query ${String(i + 1)}`, async () => {
      const answer = await runExample(gateway, example, answers);
      answers.push(answer);
      expect(asOnPage(answer, example.answer)).to.deep.equal(example.answer);
    });
  }
});
