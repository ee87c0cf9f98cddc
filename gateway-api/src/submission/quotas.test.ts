import { expect } from 'chai';

import { Refusal } from '../errors.js';
import { codeOf, prepared, registerDevice, send } from '../testing/story.js';
import { TestGateway, UCR, carrier, importer } from '../testing/test-gateway.js';
import { StatementQuotas } from './quotas.js';

describe('quotas of statements', () => {
  let now: number;
  let quotas: StatementQuotas;
  beforeEach(() => {
    now = 0;
    quotas = new StatementQuotas({ party: 60, device: 30 }, { now: () => now });
  });
  const refused = (party: string, kids: readonly string[]): unknown => {
    try {
      quotas.charge(party, kids);
      return undefined;
    } catch (error) {
      expect(error).to.be.instanceOf(Refusal).with.property('code', 'QUOTA_EXCEEDED');
      return (error as Refusal).facts.details;
    }
  };
  const of = (kid: string, count: number): readonly string[] => Array<string>(count).fill(kid);

  it('hold a minute for each device and party, and say when to come back', () => {
    expect(refused('P', of('a', 30))).to.equal(undefined);
    expect(refused('P', of('a', 2))).to.deep.equal({ quota: 'device', retryAfter: 4 });
    expect(refused('P', of('b', 30))).to.equal(undefined);
    expect(refused('P', of('c', 3))).to.deep.equal({ quota: 'party', retryAfter: 3 });
    expect(refused('Q', of('c', 3))).to.equal(undefined);
  });

  it('fill up as time goes by, and no further than a minute holds', () => {
    quotas.charge('P', of('a', 30));
    now = 4_000;
    expect(refused('P', of('a', 2))).to.equal(undefined);
    expect(refused('P', of('a', 1))).to.deep.equal({ quota: 'device', retryAfter: 2 });
    now = 600_000;
    expect(refused('P', of('a', 31))).to.deep.equal({ quota: 'device', retryAfter: 2 });
    expect(refused('P', of('a', 30))).to.equal(undefined);
  });

  it('are told as far as they may not be full again, and go on from there, whatever the clock says', () => {
    quotas.charge('P', of('a', 20));
    now = 4_000;
    quotas.charge('Q', of('b', 30));
    const kept = quotas.left();
    expect(kept.map(({ key, left }) => [key, left])).to.deep.equal([
      ['party P', 40],
      ['device a', 10],
      ['party Q', 30],
      ['device b', 0],
    ]);
    const again = (at: number): StatementQuotas => {
      now = at;
      return new StatementQuotas({ party: 60, device: 30 }, { kept, now: () => now });
    };
    quotas = again(6_000);
    expect(refused('Q', of('b', 2))).to.deep.equal({ quota: 'device', retryAfter: 2 });
    expect(refused('Q', of('b', 1))).to.equal(undefined);
    quotas = again(0);
    expect(refused('Q', of('b', 1))).to.deep.equal({ quota: 'device', retryAfter: 2 });
    now = 64_001;
    expect(quotas.left()).to.deep.equal([]);
  });

  it('charge all of a request or nothing of it', () => {
    expect(refused('P', [...of('a', 10), ...of('b', 31)])).to.deep.equal({ quota: 'device', retryAfter: 2 });
    expect(refused('P', of('a', 30))).to.equal(undefined);
  });
});

describe('quotas over a restart', function () {
  this.timeout(20_000);
  let gateway: TestGateway;
  afterEach(() => gateway.remove());

  it('go on where they were', async () => {
    const settings = { quotas: { party: 100, device: 3 } };
    gateway = await (await TestGateway.open({ settings })).start();
    const device = await prepared(gateway);
    const code = async (by = device): Promise<unknown> =>
      codeOf(
        await send(
          gateway,
          importer,
          'recordStatements',
          { statements: [by.statement(UCR)] },
          'accepted { id }',
        ),
      );
    for (let i = 0; i < 3; i++) expect(await code()).to.equal(undefined);
    await gateway.stop();
    const { ledger, folder } = gateway;
    gateway = await (await TestGateway.open({ ledger, folder, settings })).start();
    expect(await code()).to.equal('QUOTA_EXCEEDED');
    expect(await code(await registerDevice(gateway, carrier))).to.equal(undefined);
  });
});
