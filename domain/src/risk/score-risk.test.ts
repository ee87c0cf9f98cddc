import { expect } from 'chai';
import fc from 'fast-check';
import { alertKinds } from '../alerts/alert.js';
import { aeoStatuses } from '../party/aeo-record.js';
import { readShape } from '../shape/shape.js';
import { object } from '../shape/composites.js';
import { requireExplained } from './assessment.js';
import { riskScore, type RiskScore } from './risk-record.js';
import { scoreRisk, type RiskFacts } from './score-risk.js';

const nothing: RiskFacts = { alerts: [], nonConforming: 0, origin: 'CN', declaredOrigins: ['CN'] };
const rulesOf = ({ contributions }: RiskScore): readonly (string | number)[] =>
  contributions.flatMap(({ rule, points }) => [rule, points]);

const facts: fc.Arbitrary<RiskFacts> = fc.record(
  {
    alerts: fc.array(fc.constantFrom(...alertKinds), { maxLength: 30 }),
    trader: fc.constantFrom(...aeoStatuses),
    nonConforming: fc.nat(1000),
    origin: fc.constantFrom('CN', 'VN'),
    declaredOrigins: fc.array(fc.constantFrom('CN', 'VN', 'TH'), { maxLength: 20 }),
  },
  { requiredKeys: ['alerts', 'nonConforming', 'origin', 'declaredOrigins'] },
);

describe('scoreRisk', () => {
  it('finds nothing where nothing is known against a consignment', () => {
    expect(scoreRisk(nothing)).to.deep.equal({
      rules: { name: 'passage', version: '3' },
      score: 0,
      contributions: [],
    });
  });

  it('says which rule adds how much, and why', () => {
    const score = scoreRisk({
      alerts: ['seal_opened', 'gap', 'gap'],
      trader: 'given',
      nonConforming: 2,
      origin: 'CN',
      declaredOrigins: ['VN', 'CN', 'TH', 'VN'],
    });
    expect(rulesOf(score)).to.deep.equal([
      'alert.gap',
      15,
      'alert.seal_opened',
      40,
      'trader.aeo',
      -30,
      'trader.findings',
      30,
      'declaration.origin',
      25,
    ]);
    expect(score.score).to.equal(80);
    expect(score.contributions.at(-1)?.reason).to.equal('Opened as of CN, declared as of TH, VN');
  });

  it('lets earlier findings weigh only so much, and a lost trust against the trader', () => {
    expect(rulesOf(scoreRisk({ ...nothing, nonConforming: 99 }))).to.deep.equal(['trader.findings', 45]);
    for (const trader of ['suspended', 'withdrawn'] as const) {
      expect(rulesOf(scoreRisk({ ...nothing, trader }))).to.deep.equal(['trader.aeo', 20]);
    }
  });

  it('gives scores that can be recorded, whatever the facts and their order', () => {
    fc.assert(
      fc.property(facts, (some) => {
        const score = scoreRisk(some);
        requireExplained(score);
        expect(readShape('The score', object<RiskScore>(riskScore, {}), score)).to.deep.equal(score);
        const { alerts, declaredOrigins } = some;
        const turned = { alerts: alerts.toReversed(), declaredOrigins: declaredOrigins.toReversed() };
        expect(scoreRisk({ ...some, ...turned })).to.deep.equal(score);
      }),
    );
  });
});
