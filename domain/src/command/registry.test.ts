import { expect } from 'chai';
import type { JsonObject } from '../json/value.js';
import { utf8 } from '../bytes/bytes.js';
import { defaultRoles } from '../party/roles.js';
import { keys } from '../state/keys.js';
import { adminCaller, cast, partyCaller, testLedger, TestWorld } from '../testing/index.js';
import type { Caller } from './caller.js';

const customs = adminCaller('CustomsMSP');
const init: JsonObject = { ledger: testLedger, roles: defaultRoles };

describe('Init', () => {
  it('writes which ledger this is and who may hold which role', () => {
    const world = new TestWorld();
    const { writes, policies, response } = world.play(customs, 'Init', init);
    expect(writes).to.deep.equal(['guard/CustomsMSP', 'ledger']);
    const policy = { allOf: 'CustomsMSP', oneOf: ['PortMSP', 'BusinessMSP'] };
    expect(policies).to.deep.equal({ 'guard/CustomsMSP': policy, ledger: policy });
    expect(response).to.deep.equal({ result: { ledger: testLedger }, duplicate: false });
    expect(world.get(keys.ledger)).to.deep.equal({ v: 1, ledger: testLedger, roles: defaultRoles });
  });

  it('changes nothing when it comes again with the same values', () => {
    const { writes, response } = TestWorld.started().play(customs, 'Init', init);
    expect(writes).to.deep.equal([]);
    expect(response['duplicate']).to.equal(true);
  });

  it('comes again to make the guard of a ledger that an earlier version has initialised', () => {
    const world = TestWorld.started();
    const parameters = { version: 1, values: { offerHours: 24 } };
    const earlier = { v: 1, ledger: testLedger, roles: defaultRoles, parameters };
    world.put(keys.ledger, utf8(JSON.stringify(earlier)));
    world.put(keys.guard('CustomsMSP'), new Uint8Array());
    expect(world.refusal(customs, 'Init', { ...init, ledger: 'cd'.repeat(32) }).code).to.equal(
      'LEDGER_INITIALISED',
    );
    const { writes, policies, response } = world.play(customs, 'Init', init);
    expect(writes).to.deep.equal(['guard/CustomsMSP', 'ledger']);
    expect(Object.keys(policies).sort()).to.deep.equal(['guard/CustomsMSP', 'ledger']);
    expect(response['duplicate']).to.equal(false);
    expect(world.get(keys.ledger)).to.deep.equal(earlier);
    expect(world.play(customs, 'Init', init).response['duplicate']).to.equal(true);
  });

  it('is refused for good with other values', () => {
    const refusal = TestWorld.started().refusal(customs, 'Init', { ...init, ledger: 'cd'.repeat(32) });
    expect(refusal.code).to.equal('LEDGER_INITIALISED');
    expect(refusal.details).to.deep.equal({ ledger: testLedger });
  });

  it("is for customs' admin alone", () => {
    for (const caller of [adminCaller('BusinessMSP'), { ...customs, admin: false }]) {
      expect(new TestWorld().refusal(caller, 'Init', init).code).to.equal('NOT_ADMIN');
    }
  });

  it('leaves customs roles with customs', () => {
    const roles = { ...defaultRoles, customs_office: ['CustomsMSP', 'BusinessMSP'] };
    const refusal = new TestWorld().refusal(customs, 'Init', { ...init, roles });
    expect(refusal.code).to.equal('INVALID_FIELD');
    expect(refusal.details['violations']).to.have.nested.property('[0].pointer', '/roles/customs_office');
  });

  it('lists roles that nobody knows and a hash that is none', () => {
    const refusal = new TestWorld().refusal(customs, 'Init', {
      ledger: 'AB',
      roles: { king: ['CustomsMSP'] },
    });
    expect(refusal.details['violations']).to.have.length(2);
  });
});

describe('RegisterParty', () => {
  const input = { requestId: 'r1', partyId: 'NEW1', name: 'New company', roles: ['importer', 'broker'] };
  const admin = adminCaller('BusinessMSP');

  it("binds the party to its admin's organisation", () => {
    const world = TestWorld.started();
    const { writes, response } = world.play(admin, 'RegisterParty', input);
    expect(writes).to.deep.equal(['party/NEW1', 'request/admin:BusinessMSP/r1']);
    expect(response).to.deep.equal({ result: { partyId: 'NEW1' }, duplicate: false });
    expect(world.get(keys.party('NEW1'))).to.deep.equal({
      v: 1,
      partyId: 'NEW1',
      mspId: 'BusinessMSP',
      name: 'New company',
      roles: ['importer', 'broker'],
      registeredAt: world.now(),
    });
  });

  it('is refused before Init', () => {
    expect(new TestWorld().refusal(admin, 'RegisterParty', input).code).to.equal('LEDGER_NOT_INITIALISED');
  });

  it('is for admins', () => {
    const refusal = TestWorld.started().refusal(partyCaller('IMPORTER1'), 'RegisterParty', input);
    expect(refusal.code).to.equal('NOT_ADMIN');
  });

  it('gives no role that the organisation may not give', () => {
    const refusal = TestWorld.started().refusal(admin, 'RegisterParty', {
      ...input,
      roles: ['customs_office'],
    });
    expect(refusal.code).to.equal('ROLE_NOT_HELD');
    expect(refusal.details).to.deep.equal({ mspId: 'BusinessMSP', roles: ['customs_office'] });
  });

  it('gives no id twice, to no organisation', () => {
    const taken = { ...input, partyId: 'TERMINAL1' };
    expect(TestWorld.started().refusal(admin, 'RegisterParty', taken).code).to.equal('PARTY_EXISTS');
  });

  it('refuses ids that could not stand in a key', () => {
    for (const partyId of ['', 'a/b', '-a', 'a b', 'x'.repeat(65), 'é']) {
      expect(TestWorld.started().refusal(admin, 'RegisterParty', { ...input, partyId }).code).to.equal(
        'INVALID_FIELD',
      );
    }
  });
});

describe('a party that acts', () => {
  const input = { requestId: 'r1', kid: 'A'.repeat(43), reason: 'lost' };
  const importer = partyCaller('IMPORTER1');
  const refusal = (caller: Caller, world = TestWorld.started()): string =>
    world.refusal(caller, 'RevokeDevice', input).code;

  it('gets as far as its act where the registry agrees with its certificate', () => {
    expect(refusal(importer)).to.equal('DEVICE_UNKNOWN');
  });

  it('needs a ledger that was initialised', () => {
    expect(refusal(importer, new TestWorld())).to.equal('LEDGER_NOT_INITIALISED');
  });

  it('must be named in the certificate', () => {
    expect(refusal(adminCaller('BusinessMSP'))).to.equal('NOT_A_PARTY');
  });

  it('must be registered', () => {
    expect(refusal({ ...importer, partyId: 'NOBODY' })).to.equal('PARTY_UNKNOWN');
  });

  it('must come from the organisation that registered it', () => {
    expect(refusal({ ...importer, mspId: 'PortMSP' })).to.equal('MSP_MISMATCH');
  });

  it('must hold the role it acts in', () => {
    expect(refusal({ ...importer, role: 'carrier' })).to.equal('ROLE_NOT_HELD');
    expect(refusal({ ...importer, role: 'king' })).to.equal('ROLE_NOT_HELD');
    const { role, ...without } = importer;
    expect(refusal(without), `without the role ${role ?? ''}`).to.equal('ROLE_NOT_HELD');
  });

  it('holds no role that its organisation may not give, even if its record says so', () => {
    const world = TestWorld.started();
    const forged = { ...world.get(keys.party('IMPORTER1')), roles: ['customs_office'] };
    world.put('party/IMPORTER1', Buffer.from(JSON.stringify(forged)));
    expect(refusal({ ...importer, role: 'customs_office' }, world)).to.equal('ROLE_NOT_HELD');
  });
});

describe('the default role table', () => {
  it('lets every member of the cast hold its role', () => {
    for (const { mspId, role } of Object.values(cast)) expect(defaultRoles[role]).to.include(mspId);
  });
});
