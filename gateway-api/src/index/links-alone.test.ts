import { expect } from 'chai';

import { at, listAt } from '../testing/read.js';
import { codeOf, fine, prepared, record } from '../testing/story.js';
import { TestGateway, UCR } from '../testing/test-gateway.js';
import { editIndex } from '../testing/test-index.js';

/** Of a test gateway, whose own checks are others. */
const LINKS = ['data-hash', 'chain-link', 'orderer-quorum'];

describe('a gateway whose index was rebuilt by links alone', function () {
  this.timeout(20_000);
  let gateway: TestGateway;
  let newest: number;

  const status = async (): Promise<unknown> =>
    at(fine(await gateway.ask('{ ledgerStatus { linkedTo checks notChecked } }')), 'ledgerStatus');
  /** How the events of the shipment were verified, the oldest first. */
  const events = async (): Promise<readonly unknown[]> =>
    listAt(
      fine(
        await gateway.ask(
          `{ trace(ucr: "${UCR}") { nodes { ... on Observation { verification { checks notChecked block } } } } }`,
        ),
      ),
      'trace.nodes',
    ).flatMap((node) => ('verification' in Object(node) ? [at(node, 'verification')] : []));

  beforeEach(async () => {
    gateway = await (await TestGateway.open()).start();
    const device = await prepared(gateway);
    await record(gateway, [device.statement(UCR)]);
    newest = gateway.ledger.chain.length - 1;
    await editIndex(
      gateway.folder,
      `UPDATE block SET checks = '${JSON.stringify(LINKS)}'`,
      `UPDATE head SET linked_to = ${String(newest)}`,
    );
    await record(gateway, [device.statement(UCR)]);
  });
  afterEach(() => gateway.remove());

  it('says in every verification which checks were made, and which were not', async () => {
    const [linked, later] = [(await events()).at(-2), (await events()).at(-1)];
    expect(at(linked, 'block')).to.equal(newest);
    expect(at(linked, 'checks')).to.deep.equal(LINKS);
    expect(at(linked, 'notChecked')).to.include.members([
      'form',
      'creator-signature',
      'endorsement-policy',
      'versions',
      'commit-hash',
      'device signature of the statement',
    ]);
    expect(at(later, 'checks')).to.deep.equal(['fake check', 'device signature of the statement']);
    expect(at(later, 'notChecked')).to.include(
      `what blocks 0 to ${String(newest)} left: of these data-hash, chain-link, orderer-quorum alone were checked`,
    );
    const told = await status();
    expect(at(told, 'linkedTo')).to.equal(newest);
    expect(at(told, 'checks')).to.deep.equal(LINKS);
    expect(at(told, 'notChecked')).to.include.members(['endorsement-policy', 'versions']);
    const { text } = await gateway.gateway.metrics.page();
    expect(text).to.contain(`passage_index_linked_blocks ${String(newest + 1)}\n`);
    const { warnings } = await gateway.gateway.services.status.health();
    expect(warnings.join()).to.contain('passage index-verify');
  });

  it('signs no tree head and no shipment statement', async () => {
    const { heads, statements } = gateway.gateway.services;
    const height = await heads.height();
    const codes: unknown[] = [];
    for (const sign of [
      () => heads.signed(height),
      () => statements.gather(UCR, height),
      async () => statements.countersign(await statements.at(UCR, height)),
    ])
      codes.push(await sign().catch((error: unknown) => (error as { code?: unknown }).code));
    expect(codes).to.deep.equal(Array(3).fill('INDEX_NOT_VERIFIED'));
    expect(codeOf(await gateway.ask('{ treeHead { size } }'))).to.equal('INDEX_NOT_VERIFIED');
  });

  it('says so no longer once the checks were made up', async () => {
    await events();
    await editIndex(
      gateway.folder,
      'UPDATE head SET linked_to = NULL',
      `UPDATE block SET checks = '["fake check"]'`,
    );
    const told = await status();
    expect(at(told, 'linkedTo')).to.equal(null);
    expect(at(told, 'checks')).to.deep.equal(['fake check']);
    for (const verification of await events())
      expect(JSON.stringify(at(verification, 'notChecked'))).not.to.match(/creator-signature|what blocks/);
    const { heads } = gateway.gateway.services;
    expect((await heads.signed(await heads.height())).signatures).to.have.length(1);
  });
});
