import { expect } from 'chai';
import { customsPolicy } from '../../customs/held-keys.js';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import { adminCaller, partyCaller, TestWorld } from '../../testing/index.js';

const admin = adminCaller('BusinessMSP');
const officer = partyCaller('OFFICER1');
const identifiers = { gln: '4012345000009', registration: { country: 'KR', number: '110111-1234567' } };

describe('the identifiers of a party', () => {
  const input = { requestId: 'r', partyId: 'NEW1', name: 'New', roles: ['importer'] };

  it('are recorded as its organisation attests them', () => {
    const world = TestWorld.started();
    world.play(admin, 'RegisterParty', { ...input, identifiers });
    expect(world.get(keys.party('NEW1'))?.identifiers).to.deep.equal(identifiers);
  });

  it('are refused where a check digit or a form is wrong', () => {
    const world = TestWorld.started();
    for (const [wrong, code] of [
      [{ gln: '4012345000008' }, 'INVALID_IDENTIFIER'],
      [{ gln: 4012345000009 }, 'INVALID_IDENTIFIER'],
      [{ registration: { country: 'Korea', number: '1' } }, 'INVALID_FIELD'],
      [{ registration: { country: 'KR' } }, 'INVALID_FIELD'],
      [{ duns: '1' }, 'INVALID_FIELD'],
    ] as const) {
      const refusal = world.refusal(admin, 'RegisterParty', { ...input, identifiers: wrong });
      expect(refusal.code, JSON.stringify(wrong)).to.equal(code);
    }
  });
});

describe('UpdateParty', () => {
  const update = (changes: JsonObject): JsonObject => ({ requestId: 'u', partyId: 'IMPORTER1', ...changes });

  it('replaces what is given and keeps the rest', () => {
    const world = TestWorld.started();
    const before = world.get(keys.party('IMPORTER1'));
    const { writes } = world.play(admin, 'UpdateParty', update({ name: 'Renamed', identifiers }));
    expect(writes).to.deep.equal(['party/IMPORTER1', 'request/admin:BusinessMSP/u']);
    expect(world.get(keys.party('IMPORTER1'))).to.deep.equal({
      ...before,
      name: 'Renamed',
      identifiers,
      updatedAt: world.now(),
    });
  });

  it('gives and withdraws roles: who has lost one acts in it no more', () => {
    const world = TestWorld.started();
    world.play(admin, 'UpdateParty', update({ roles: ['exporter'] }));
    const act = { requestId: 'x', kid: 'A'.repeat(43), reason: 'x' };
    expect(world.refusal(partyCaller('IMPORTER1'), 'RevokeDevice', act).code).to.equal('ROLE_NOT_HELD');
    const exporter = { ...partyCaller('IMPORTER1'), role: 'exporter' };
    expect(world.refusal(exporter, 'RevokeDevice', act).code).to.equal('DEVICE_UNKNOWN');
  });

  it("is for an admin of the party's own organisation, in roles that it may give", () => {
    const world = TestWorld.started();
    const input = update({ name: 'x' });
    expect(world.refusal(adminCaller('PortMSP'), 'UpdateParty', input).code).to.equal('MSP_MISMATCH');
    expect(world.refusal(adminCaller('CustomsMSP'), 'UpdateParty', input).code).to.equal('MSP_MISMATCH');
    expect(world.refusal(partyCaller('IMPORTER1'), 'UpdateParty', input).code).to.equal('NOT_ADMIN');
    const officers = update({ roles: ['customs_officer'] });
    expect(world.refusal(admin, 'UpdateParty', officers).code).to.equal('ROLE_NOT_HELD');
    const nobody = update({ partyId: 'NOBODY' });
    expect(world.refusal(admin, 'UpdateParty', nobody).code).to.equal('PARTY_UNKNOWN');
  });
});

describe('DecideAeo', () => {
  const decision = (status: string): JsonObject => ({
    requestId: `aeo-${status}`,
    partyId: 'IMPORTER1',
    status,
    reason: 'audit',
  });

  it('is customs’ alone, and leaves who decided, when and why', () => {
    const world = TestWorld.started();
    for (const caller of [partyCaller('IMPORTER1'), partyCaller('TERMINAL1')]) {
      expect(world.refusal(caller, 'DecideAeo', decision('given')).code).to.equal('ROLE_NOT_HELD');
    }
    const { writes, policies } = world.play(officer, 'DecideAeo', decision('given'));
    expect(writes).to.deep.equal(['aeo/IMPORTER1', 'guard/CustomsMSP', 'request/OFFICER1/aeo-given']);
    expect(policies).to.deep.equal({ 'aeo/IMPORTER1': customsPolicy('CustomsMSP') });
    expect(world.get(keys.aeo('IMPORTER1'))).to.deep.equal({
      v: 1,
      partyId: 'IMPORTER1',
      status: 'given',
      decidedBy: 'OFFICER1',
      decidedAt: world.now(),
      reason: 'audit',
    });
  });

  it('suspends what was given, withdraws either, and gives it again', () => {
    const world = TestWorld.started();
    const decide = (status: string, requestId: string): void => {
      const first = world.get(keys.aeo('IMPORTER1')) === undefined;
      const { policies } = world.play(officer, 'DecideAeo', { ...decision(status), requestId });
      expect(Object.keys(policies)).to.have.length(first ? 1 : 0);
    };
    for (const status of ['suspended', 'withdrawn']) {
      expect(world.refusal(officer, 'DecideAeo', decision(status)).code).to.equal('AEO_STATUS');
    }
    for (const [index, status] of ['given', 'suspended', 'given', 'withdrawn', 'given'].entries()) {
      decide(status, String(index));
      expect(world.refusal(officer, 'DecideAeo', decision(status)).code).to.equal('AEO_STATUS');
    }
  });

  it('needs a registered party', () => {
    const input = { ...decision('given'), partyId: 'NOBODY' };
    expect(TestWorld.started().refusal(officer, 'DecideAeo', input).code).to.equal('PARTY_UNKNOWN');
  });
});
