import { expect } from 'chai';

import { Refusal } from '../errors.js';
import { StatementQuotas } from './quotas.js';

describe('quotas of statements', () => {
  let now: number;
  let quotas: StatementQuotas;
  beforeEach(() => {
    now = 0;
    quotas = new StatementQuotas({ party: 60, device: 30 }, () => now);
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

  it('charge all of a request or nothing of it', () => {
    expect(refused('P', [...of('a', 10), ...of('b', 31)])).to.deep.equal({ quota: 'device', retryAfter: 2 });
    expect(refused('P', of('a', 30))).to.equal(undefined);
  });
});
