import { expect } from 'chai';
import { utf8 } from '../../bytes/bytes.js';
import { isCustomsKey, isForged } from '../../customs/customs-word.js';
import { customsPolicy } from '../../customs/held-keys.js';
import { defaultRoles } from '../../party/roles.js';
import { keys } from '../../state/keys.js';
import { adminCaller, testLedger, TestWorld } from '../../testing/index.js';
import {
  about,
  agree,
  approve,
  auditor,
  business,
  customs,
  port,
  propose,
} from '../../testing/parameter-stage.js';

const policy = customsPolicy('CustomsMSP');

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

  it('give an organisation that joined a say, once the others agreed on it', () => {
    const world = TestWorld.started();
    agree(world, { joinedOrganizations: ['Customs2MSP'] });
    propose(world, { topSpeed: 900 }, 'p-2');
    approve(world, adminCaller('Customs2MSP'), 'p-2');
    approve(world, auditor, 'p-2');
    expect(approve(world, customs, 'p-2').response['result']).to.include({ inForce: true });
  });
});
