import { expect } from 'chai';
import { customsPolicy } from '../../customs/held-keys.js';
import type { JsonObject } from '../../json/value.js';
import { encodeRecord } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { partyCaller, shipmentInput, testUcr, TestWorld } from '../../testing/index.js';

const ucr = testUcr;
const officer = partyCaller('OFFICER1');
const importer = partyCaller('IMPORTER1');
const declaration = 'IMPORTER1:D1';
const contributions = [
  { rule: 'origin.high_duty', points: 40, reason: 'Duty of 27 % on this line' },
  { rule: 'trader.aeo', points: -15, reason: 'Trusted trader' },
];
const input = {
  requestId: 'r1',
  ucr,
  rules: { name: 'import', version: '2026.2' },
  score: 25,
  contributions,
};

describe('AssessRisk', () => {
  let world: TestWorld;
  const violations = (changes: JsonObject): readonly unknown[] => {
    const refusal = world.refusal(officer, 'AssessRisk', { ...input, ...changes });
    expect(refusal.code).to.equal('INVALID_FIELD');
    return (refusal.details['violations'] as readonly { pointer: string }[]).map(({ pointer }) => pointer);
  };

  beforeEach(() => {
    world = TestWorld.started();
    world.play(importer, 'OpenShipment', shipmentInput());
    world.play(importer, 'LodgeDeclaration', {
      requestId: 'd1',
      declaration,
      ucr,
      procedure: 'import',
      office: 'KRPUS',
      lines: [
        {
          hs: '847130',
          hsEdition: '2017',
          origin: 'CN',
          unit: { uom: 'KGM', decimals: 3 },
          quantity: 1,
          packages: 1,
        },
      ],
    });
  });

  it("keeps score, rules and reasons under customs' policy, each time in the place of the last", () => {
    const { writes, policies, response } = world.play(officer, 'AssessRisk', input);
    const key = keys.risk(ucr);
    expect(writes).to.deep.equal(['guard/CustomsMSP', 'request/OFFICER1/r1', `risk/${ucr}/shipment`]);
    expect(policies).to.deep.equal({ [key]: customsPolicy('CustomsMSP') });
    expect(response['result']).to.deep.equal({ ucr, score: 25, number: 1 });
    const { requestId, ...assessment } = input;
    expect(requestId).to.equal('r1');
    const by = { by: 'OFFICER1', role: 'customs_officer', at: world.now() };
    expect(world.get(key)).to.deep.equal({ v: 1, ...assessment, number: 1, ...by });

    const again = world.play(officer, 'AssessRisk', {
      ...input,
      requestId: 'r2',
      score: 0,
      contributions: [],
    });
    expect(again.writes).to.deep.equal(['request/OFFICER1/r2', `risk/${ucr}/shipment`]);
    expect(again.policies).to.deep.equal({});
    expect(world.get(key)).to.deep.include({ number: 2, score: 0 });
  });

  it('is about one version of a declaration where it says so', () => {
    const about = { declaration, version: 1 };
    world.play(officer, 'AssessRisk', { ...input, about });
    expect(world.get(keys.risk(ucr, declaration))).to.deep.include({ about, score: 25 });
    expect(world.get(keys.risk(ucr))).to.equal(undefined);
    const refused = (other: JsonObject): string =>
      world.refusal(officer, 'AssessRisk', { ...input, requestId: 'r2', about: { ...about, ...other } }).code;
    expect(refused({ version: 2 })).to.equal('DECLARATION_CHANGED');
    expect(refused({ declaration: 'IMPORTER1:D2' })).to.equal('DECLARATION_UNKNOWN');
    const record = world.get(keys.declaration(declaration));
    if (record) world.put(keys.declaration(declaration), encodeRecord({ ...record, ucr: '6KRIMPORTER1-X' }));
    expect(refused({})).to.equal('DECLARATION_UNKNOWN');
  });

  it('adds up, and names each rule once', () => {
    expect(violations({ score: 26 })).to.deep.equal(['/score']);
    expect(violations({ score: -15, contributions: contributions.slice(0, 1) })).to.deep.equal(['/score']);
    const twice = [...contributions, { rule: 'trader.aeo', points: 0, reason: 'x' }];
    expect(violations({ contributions: twice })).to.deep.equal(['/contributions/2/rule']);
    expect(violations({ score: 25.5 })).to.deep.equal(['/score']);
    const [first] = contributions;
    const odd = [{ ...first, rule: 'Upper Case', points: 1.5, reason: '' }];
    expect(violations({ contributions: odd })).to.deep.equal([
      '/contributions/0/rule',
      '/contributions/0/points',
      '/contributions/0/reason',
    ]);
  });

  it('is for the customs that is competent', () => {
    for (const other of ['IMPORTER1', 'CARRIER1', 'TERMINAL1'] as const) {
      expect(world.refusal(partyCaller(other), 'AssessRisk', input).code).to.equal('ROLE_NOT_HELD');
    }
    expect(world.refusal(officer, 'AssessRisk', { ...input, ucr: '6KRIMPORTER1-X' }).code).to.equal(
      'SHIPMENT_UNKNOWN',
    );
    const record = world.get(keys.customs(ucr));
    if (record) world.put(keys.customs(ucr), encodeRecord({ ...record, customs: 'OtherCustomsMSP' }));
    expect(world.refusal(officer, 'AssessRisk', input).code).to.equal('NOT_COMPETENT');
  });
});
