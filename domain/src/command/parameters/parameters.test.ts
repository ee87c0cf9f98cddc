import { expect } from 'chai';
import { utf8 } from '../../bytes/bytes.js';
import { customsPolicy } from '../../customs/held-keys.js';
import { isCustomsKey, isForged } from '../../customs/customs-word.js';
import type { JsonObject } from '../../json/value.js';
import { defaultRoles } from '../../party/roles.js';
import { keys } from '../../state/keys.js';
import {
  adminCaller,
  certifier,
  partyCaller,
  registerCertifier,
  shipmentInput,
  testLedger,
  testUcr,
} from '../../testing/cast.js';
import { StatementStage } from '../../testing/statement-stage.js';
import { observation, TestDevice } from '../../testing/test-device.js';
import { TestWorld } from '../../testing/test-world.js';

const customs = adminCaller('CustomsMSP');
const port = adminCaller('PortMSP');
const business = adminCaller('BusinessMSP');
const auditor = adminCaller('AuditorMSP');

const about = { proposedBy: 'PortMSP', proposal: 'p-1' };
const policy = customsPolicy('CustomsMSP');

function propose(world: TestWorld, changes: JsonObject, id = 'p-1'): void {
  world.play(port, 'ProposeParameters', { requestId: id, changes, reason: 'agreed in the meeting' });
}

function approve(world: TestWorld, by: typeof port, id = 'p-1') {
  const requestId = `approve-${id}`;
  return world.play(by, 'ApproveParameters', { requestId, proposedBy: 'PortMSP', proposal: id });
}

/** Puts values in force by the approvals of customs, port and business. */
function agree(world: TestWorld, changes: JsonObject, id = 'p-1'): void {
  propose(world, changes, id);
  for (const by of [customs, port, business]) approve(world, by, id);
}

describe('parameters', () => {
  it('come into force with the approval of customs and two others, whoever is last', () => {
    const orders = [
      [customs, port, business],
      [auditor, business, customs],
      [port, auditor, customs],
    ];
    for (const order of orders) {
      const world = TestWorld.started();
      propose(world, { offerHours: 24 });
      const inForce = order.map((by) => approve(world, by).response['result']);
      expect(inForce).to.deep.equal([
        { ...about, inForce: false },
        { ...about, inForce: false },
        { ...about, inForce: true, version: 1 },
      ]);
      expect(world.get(keys.ledger)?.parameters).to.deep.equal({ version: 1, values: { offerHours: 24 } });
      const approvedBy = order.map(({ mspId }) => mspId).sort();
      const record = world.get(keys.parameters(1));
      expect(record).to.include({ version: 1, ...about, since: world.now() });
      expect(record?.approvedBy).to.deep.equal(approvedBy);
      expect(world.get(keys.proposal('PortMSP', 'p-1'))).to.include({ status: 'in_force', version: 1 });
    }
  });

  it('are not in force without customs, however many others approve', () => {
    const world = TestWorld.started();
    propose(world, { offerHours: 24 });
    for (const by of [port, business, auditor]) approve(world, by);
    expect(world.get(keys.ledger)?.parameters).to.equal(undefined);
  });

  it('write exactly their keys, and customs’ word under customs’ policy', () => {
    const world = TestWorld.started();
    const proposed = world.play(port, 'ProposeParameters', {
      requestId: 'p-1',
      changes: { topSpeed: 900 },
      reason: 'no faster aircraft',
    });
    expect(proposed.writes).to.deep.equal(['proposal/PortMSP/p-1', 'request/admin:PortMSP/p-1']);
    const first = approve(world, customs);
    expect(first.writes).to.deep.equal([
      'approval/PortMSP/p-1/CustomsMSP',
      'guard/CustomsMSP',
      'request/admin:CustomsMSP/approve-p-1',
    ]);
    expect(first.policies).to.deep.equal({ 'approval/PortMSP/p-1/CustomsMSP': policy });
    const second = approve(world, port);
    expect(second.writes).to.deep.equal([
      'approval/PortMSP/p-1/PortMSP',
      'request/admin:PortMSP/approve-p-1',
    ]);
    expect(second.policies).to.deep.equal({});
    const third = approve(world, business);
    expect(third.writes).to.deep.equal([
      'approval/PortMSP/p-1/BusinessMSP',
      'guard/CustomsMSP',
      'ledger',
      'parameters/1',
      'proposal/PortMSP/p-1',
      'request/admin:BusinessMSP/approve-p-1',
    ]);
    expect(third.policies).to.deep.equal({ ledger: policy });
  });

  it('read the words of all organisations, so that of two approvals in a block one is sent again', () => {
    const world = TestWorld.started();
    propose(world, { topSpeed: 900 });
    const all = ['AuditorMSP', 'BusinessMSP', 'CustomsMSP', 'PortMSP'];
    expect(approve(world, port).reads).to.include.members(all.map((by) => `approval/PortMSP/p-1/${by}`));
  });

  it('keep the word of customs as a key of customs, and no other', () => {
    expect(isCustomsKey('approval/PortMSP/p-1/CustomsMSP')).to.equal(true);
    expect(isCustomsKey('approval/CustomsMSP/p-1/PortMSP')).to.equal(false);
    const value = utf8('{}');
    const others = ['PortMSP', 'BusinessMSP'];
    for (const key of ['approval/PortMSP/p-1/CustomsMSP', 'ledger', 'parameters/1']) {
      expect(isForged(key, value, others), key).to.equal(true);
      expect(isForged(key, value, ['CustomsMSP', 'PortMSP']), key).to.equal(false);
    }
    expect(isForged('approval/PortMSP/p-1/BusinessMSP', value, others)).to.equal(false);
    expect(isForged('elsewhere', value, others)).to.equal(false);
  });

  it('count an approval for what was approved alone', () => {
    const world = TestWorld.started();
    propose(world, { topSpeed: 900 });
    approve(world, customs);
    approve(world, port);
    const key = keys.proposal('PortMSP', 'p-1');
    // What two endorsers could do: alter the proposal after it was approved.
    world.put(key, utf8(JSON.stringify({ ...world.get(key), changes: { topSpeed: 1 } })));
    expect(approve(world, business).response['result']).to.include({ inForce: false });
    // Who approved something else may approve what stands there now.
    const anew = world.play(customs, 'ApproveParameters', { requestId: 'anew', ...about });
    expect(anew.response['result']).to.include({ inForce: false });
  });

  it('let an organisation change its word while the proposal is open', () => {
    const world = TestWorld.started();
    propose(world, { topSpeed: 900 });
    approve(world, customs);
    approve(world, port);
    const rejected = world.play(customs, 'RejectParameters', {
      requestId: 'r-1',
      ...about,
      reason: 'too low',
    });
    expect(rejected.writes).to.deep.equal([
      'approval/PortMSP/p-1/CustomsMSP',
      'request/admin:CustomsMSP/r-1',
    ]);
    expect(approve(world, business).response['result']).to.include({ inForce: false });
    const again = world.play(customs, 'ApproveParameters', { requestId: 'again', ...about });
    expect(again.response['result']).to.include({ inForce: true });
  });

  it('build each version on the one before, and make open proposals outdated', () => {
    const world = TestWorld.started();
    propose(world, { offerHours: 24 });
    propose(world, { topSpeed: 900 }, 'p-2');
    for (const by of [customs, port, business]) approve(world, by);
    const late = world.refusal(customs, 'ApproveParameters', { ...about, requestId: 'x', proposal: 'p-2' });
    expect(late.code).to.equal('PROPOSAL_OUTDATED');
    expect(late.details).to.include({ base: 0, version: 1 });
    agree(world, { topSpeed: 900 }, 'p-3');
    expect(world.get(keys.ledger)?.parameters).to.deep.equal({
      version: 2,
      values: { offerHours: 24, topSpeed: 900 },
    });
    expect(world.get(keys.parameters(1))?.values).to.deep.equal({ offerHours: 24 });
  });

  it('leave Init with the same values a duplicate', () => {
    const world = TestWorld.started();
    agree(world, { topSpeed: 900 });
    const again = world.play(customs, 'Init', { ledger: testLedger, roles: defaultRoles });
    expect(again.response).to.deep.include({ duplicate: true });
    expect(again.writes).to.deep.equal([]);
  });

  it('refuse what cannot be proposed', () => {
    const world = TestWorld.started();
    const refused = (changes: JsonObject) => {
      const { code, details } = world.refusal(port, 'ProposeParameters', {
        requestId: 'x',
        changes,
        reason: 'r',
      });
      const [first] = details['violations'] as readonly { pointer: string }[];
      return [code, first?.pointer];
    };
    expect(refused({})).to.deep.equal(['INVALID_FIELD', '/changes']);
    expect(refused({ colour: 1 })).to.deep.equal(['INVALID_FIELD', '/changes/colour']);
    expect(refused({ topSpeed: 0 })).to.deep.equal(['INVALID_FIELD', '/changes/topSpeed']);
    expect(refused({ batchLimit: 101 })).to.deep.equal(['INVALID_FIELD', '/changes/batchLimit']);
    expect(refused({ topSpeed: 1000 })).to.deep.equal(['INVALID_FIELD', '/changes/topSpeed']);
    expect(refused({ longestOfferDays: 2 })).to.deep.equal(['INVALID_FIELD', '/changes']);
    expect(refused({ deviceKinds: [] })).to.deep.equal(['INVALID_FIELD', '/changes/deviceKinds']);
    const twice = [
      { kind: 'drone', hours: 1 },
      { kind: 'drone', hours: 2 },
    ];
    expect(refused({ silences: twice })).to.deep.equal(['INVALID_FIELD', '/changes/silences']);
    const rule = { name: 'RCEP', version: '2022' };
    expect(refused({ originRules: [rule, rule] })).to.deep.equal(['INVALID_FIELD', '/changes/originRules']);
    const each = twice.map((silence, index) => ({ ...silence, kind: index === 0 ? 'drone' : 'weighbridge' }));
    propose(world, { silences: each }, 'p-silences');
    propose(world, { longestOfferDays: 3 }, 'p-longest');
    const party = world.refusal(partyCaller('OFFICER1'), 'ProposeParameters', {});
    expect(party.code).to.equal('NOT_ADMIN');
    const stranger = { requestId: 'x', changes: { topSpeed: 900 }, reason: 'r' };
    expect(world.refusal(adminCaller('Customs2MSP'), 'ProposeParameters', stranger).code).to.equal('NO_SAY');
    expect(new TestWorld().refusal(port, 'ProposeParameters', stranger).code).to.equal(
      'LEDGER_NOT_INITIALISED',
    );
  });

  it('refuse a word on what is not open, or said already', () => {
    const world = TestWorld.started();
    propose(world, { topSpeed: 900 });
    const code = (by: typeof port, name: string, input: JsonObject) => world.refusal(by, name, input).code;
    const word = { requestId: 'x', ...about };
    expect(code(adminCaller('Customs2MSP'), 'ApproveParameters', word)).to.equal('NO_SAY');
    expect(code(customs, 'ApproveParameters', { ...word, proposal: 'p-9' })).to.equal('PROPOSAL_UNKNOWN');
    approve(world, customs);
    expect(code(customs, 'ApproveParameters', word)).to.equal('WORD_GIVEN');
    const rejection = { ...word, reason: 'no' };
    world.play(customs, 'RejectParameters', { ...rejection, requestId: 'r' });
    expect(code(customs, 'RejectParameters', rejection)).to.equal('WORD_GIVEN');
    const withdrawal = { requestId: 'w', proposal: 'p-1' };
    expect(code(customs, 'WithdrawParameters', withdrawal)).to.equal('PROPOSAL_UNKNOWN');
    const withdrawn = world.play(port, 'WithdrawParameters', withdrawal);
    expect(withdrawn.writes).to.deep.equal(['proposal/PortMSP/p-1', 'request/admin:PortMSP/w']);
    expect(code(business, 'ApproveParameters', word)).to.equal('PROPOSAL_CLOSED');
    expect(code(port, 'WithdrawParameters', { ...withdrawal, requestId: 'w2' })).to.equal('PROPOSAL_CLOSED');
  });

  it('give an organisation that joined a say, once the others agreed on it', () => {
    const world = TestWorld.started();
    agree(world, { joinedOrganizations: ['Customs2MSP'] });
    propose(world, { topSpeed: 900 }, 'p-2');
    approve(world, adminCaller('Customs2MSP'), 'p-2');
    approve(world, auditor, 'p-2');
    expect(approve(world, customs, 'p-2').response['result']).to.include({ inForce: true });
  });
});

describe('parameters in the rules', () => {
  const shipment = () => {
    const stage = new StatementStage();
    return { stage, world: stage.world };
  };

  it('say how long offers and releases stand, and at most', () => {
    const { world } = shipment();
    agree(world, { offerHours: 1, longestOfferDays: 1 });
    const offer = { requestId: 'o', ucr: testUcr, to: 'TERMINAL1', place: 'KRPUS' };
    world.play(partyCaller('CARRIER1'), 'OfferHandover', offer);
    const hour = new Date(Date.parse(world.now()) + 3_600_000).toISOString();
    expect(world.get(keys.handover(testUcr, 1))?.expiresAt).to.equal(hour);
    const release = {
      requestId: 'r',
      ucr: testUcr,
      carrier: 'TERMINAL1',
      plateCommitment: 'A'.repeat(43),
      place: 'KRPUS',
      expiresAt: '2026-01-04T00:00:00.000Z',
    };
    const { details } = world.refusal(partyCaller('CARRIER1'), 'ReleaseToCarrier', release);
    const violations = details['violations'] as readonly { pointer: string; message: string }[];
    expect(violations.map(({ pointer, message }) => `${pointer} ${message}`)).to.deep.equal([
      '/expiresAt must lie in the future, at most 1 days ahead',
    ]);
  });

  it('say how many statements a transaction holds', () => {
    const { stage, world } = shipment();
    const device = stage.device('CARRIER1');
    agree(world, { batchLimit: 2 });
    const statements = [1, 2, 3].map(() => device.next(observation()));
    const refused = world.refusal(partyCaller('TERMINAL1'), 'RecordStatements', { statements });
    expect(refused.code).to.equal('BATCH_SIZE');
    expect(refused.details).to.deep.equal({ size: 3, limit: 2 });
    world.play(partyCaller('TERMINAL1'), 'RecordStatements', { statements: statements.slice(0, 2) });
  });

  it('say which kinds of devices may be registered, and leave those that are', () => {
    const { stage, world } = shipment();
    const old = stage.device('CARRIER1');
    const device = new TestDevice(testLedger);
    const register = (kind: string): JsonObject => ({
      requestId: `d-${kind}`,
      kind,
      proof: device.proof({ owner: 'CARRIER1', kind }),
    });
    const caller = partyCaller('CARRIER1');
    expect(world.refusal(caller, 'RegisterDevice', register('lidar')).code).to.equal('INVALID_FIELD');
    agree(world, { deviceKinds: ['lidar'] });
    world.play(caller, 'RegisterDevice', register('lidar'));
    expect(world.refusal(caller, 'RegisterDevice', register('drone')).code).to.equal('INVALID_FIELD');
    world.play(caller, 'RecordStatements', { statements: [old.next(observation())] });
  });

  it('say how many holds are in force at a time', () => {
    const { world } = shipment();
    agree(world, { holdsInForce: 1 });
    const hold = { requestId: 'h', ucr: testUcr, legalBasis: 'Art. 1', response: '45' };
    const officer = partyCaller('OFFICER1');
    world.play(officer, 'DetainGoods', { requestId: 'h', ucr: testUcr, legalBasis: hold.legalBasis });
    const second = { requestId: 'h2', ucr: testUcr, legalBasis: hold.legalBasis };
    const { code, details } = world.refusal(officer, 'DetainGoods', second);
    expect([code, details['limit']]).to.deep.equal(['TOO_MANY_HOLDS', 1]);
  });

  it('say by which rules risk may be assessed', () => {
    const world = TestWorld.started();
    world.play(partyCaller('IMPORTER1'), 'OpenShipment', shipmentInput());
    agree(world, { riskRules: [{ name: 'import', version: '2' }] });
    const assessment = (version: string): JsonObject => ({
      requestId: `a-${version}`,
      ucr: testUcr,
      rules: { name: 'import', version },
      score: 0,
      contributions: [],
    });
    const { code, details } = world.refusal(partyCaller('OFFICER1'), 'AssessRisk', assessment('1'));
    const [violation] = details['violations'] as readonly { pointer: string }[];
    expect([code, violation?.pointer]).to.deep.equal(['INVALID_FIELD', '/rules']);
    world.play(partyCaller('OFFICER1'), 'AssessRisk', assessment('2'));
  });

  it('say which rules of origin a certificate may rest on', () => {
    const world = TestWorld.started();
    world.play(registerCertifier.caller, registerCertifier.name, registerCertifier.input);
    const lot = {
      requestId: 'lot',
      lot: 'SELLER1:1',
      hs: '090111',
      hsEdition: '2022',
      unit: { uom: 'KGM', decimals: 0 },
      shares: [{ origin: 'BR', quantity: 100 }],
    };
    world.play(partyCaller('SELLER1'), 'RegisterLot', lot);
    agree(world, { originRules: [{ name: 'GSP', version: '2023' }] });
    const certificate = (version: string): JsonObject => ({
      requestId: `c-${version}`,
      certificate: 'CERTIFIER1:1',
      lot: 'SELLER1:1',
      quantity: 10,
      finding: { origin: 'BR', criterion: 'wholly_obtained', rule: { name: 'GSP', version } },
      validUntil: '2027-01-01T00:00:00.000Z',
    });
    const { code, details } = world.refusal(certifier, 'IssueCertificate', certificate('2019'));
    const [violation] = details['violations'] as readonly { pointer: string }[];
    expect([code, violation?.pointer]).to.deep.equal(['INVALID_FIELD', '/finding/rule']);
    world.play(certifier, 'IssueCertificate', certificate('2023'));
  });
});
