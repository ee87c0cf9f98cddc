import './testing/quiet.js';
import { customsPolicy, decodeContractError, defaultRoles, freedPolicy, keys } from '@passage/domain';
import { adminCaller, partyCaller, shipmentInput, testLedger, testUcr } from '@passage/domain/testing';
import { expect } from 'chai';
import { encodeKeyPolicy } from './key-policy.js';
import type { Endorsement } from './testing/in-memory-ledger.js';
import { Stage } from './testing/stage.js';

const importer = partyCaller('IMPORTER1');
const carrier = partyCaller('CARRIER1');
const terminal = partyCaller('TERMINAL1');
const officer = partyCaller('OFFICER1');
const auditor = { mspId: 'AuditorMSP', admin: false };
const customs = encodeKeyPolicy(customsPolicy('CustomsMSP'));
const freed = encodeKeyPolicy(freedPolicy('CustomsMSP'));

const hold = { requestId: 'hold', ucr: testUcr, legalBasis: 'art. 188', response: '5' };
const release = { requestId: 'release', ucr: testUcr, legalBasis: 'art. 194', response: '9', hold: 1 };
const standing = { v: 1, partyId: 'IMPORTER1', status: 'given', decidedBy: 'X', reason: 'x' };
const forgedAeo = { ...standing, decidedAt: '2026-01-01T00:00:00.000Z' };

async function opened(): Promise<Stage> {
  const stage = await Stage.started();
  await stage.given(importer, 'OpenShipment', shipmentInput());
  return stage;
}

/** Writes what no chaincode would: two other organisations together can, as long as the key is not there. */
function forge(stage: Stage, key: string, record: object, policy?: Uint8Array): void {
  const forgery: Endorsement = {
    status: 200,
    message: '',
    payload: '',
    reads: [],
    writes: [{ key, value: Buffer.from(JSON.stringify(record)) }],
    policies: policy ? [{ key, policy }] : [],
    privateWrites: [],
    event: undefined,
  };
  expect(stage.ledger.commit(forgery)).to.equal('VALID');
}

const codeOf = ({ message }: Endorsement): string | undefined => decodeContractError(message)?.code;

describe("customs' keys on the stub", () => {
  it('carry their policy, and custody has it while goods are held', async () => {
    const stage = await opened();
    for (const key of [
      keys.ledger,
      keys.guard('CustomsMSP'),
      keys.customs(testUcr),
      keys.shipment(testUcr),
    ]) {
      expect(stage.ledger.policy(key), key).to.deep.equal(customs);
    }
    expect(stage.ledger.policy(keys.custody(testUcr))).to.equal(undefined);
    await stage.given(officer, 'PlaceHold', hold);
    expect(stage.ledger.policy(keys.hold(testUcr, 1))).to.deep.equal(customs);
    expect(stage.ledger.policy(keys.custody(testUcr))).to.deep.equal(customs);
    await stage.given(officer, 'ReleaseHold', release);
    expect(stage.ledger.policy(keys.custody(testUcr))).to.deep.equal(freed);
    expect(stage.ledger.policy(keys.customs(testUcr))).to.deep.equal(customs);
  });

  it('write a policy only where it changes, and read neither the guard nor custody for it', async () => {
    const stage = await opened();
    await stage.given(officer, 'PlaceHold', hold);
    const { policies, reads, writes } = await stage.when(officer, 'PlaceHold', {
      ...hold,
      requestId: 'again',
    });
    expect(policies.map(({ key }) => key)).to.deep.equal([keys.hold(testUcr, 2)]);
    expect(reads.map(({ key }) => key)).to.deep.equal([
      keys.customs(testUcr),
      keys.ledger,
      keys.party('OFFICER1'),
      keys.request('OFFICER1', 'again'),
      keys.shipment(testUcr),
    ]);
    expect(writes.map(({ key }) => key)).not.to.include(keys.custody(testUcr));
  });

  it('are guarded from the same Init on, on a ledger that has the guard without its policy', async () => {
    const stage = new Stage();
    const admin = adminCaller('CustomsMSP');
    const init = { ledger: testLedger, roles: defaultRoles };
    forge(stage, keys.ledger, { v: 1, ...init });
    forge(stage, keys.guard('CustomsMSP'), { v: 1 });
    await stage.given(admin, 'Init', init);
    for (const key of [keys.ledger, keys.guard('CustomsMSP')]) {
      expect(stage.ledger.policy(key), key).to.deep.equal(customs);
    }
    expect((await stage.when(admin, 'Init', init)).writes).to.deep.equal([]);
  });

  it('let a handover that is under way die of a hold, and refuse it then', async () => {
    const stage = await opened();
    const offer = { requestId: 'o', ucr: testUcr, to: 'TERMINAL1', place: 'KRPUS' };
    await stage.given(carrier, 'OfferHandover', offer);
    const accept = { requestId: 'a', ucr: testUcr, handover: 1 };
    const underWay = await stage.when(terminal, 'AcceptHandover', accept);
    await stage.given(officer, 'PlaceHold', hold);
    expect(stage.ledger.commit(underWay)).to.equal('MVCC_READ_CONFLICT');
    expect(codeOf(await stage.when(terminal, 'AcceptHandover', accept))).to.equal('GOODS_HELD');
  });

  it('count as absent where somebody made them without the policy', async () => {
    const stage = await opened();
    const policies = [undefined, Buffer.alloc(0), Buffer.from('none')];
    const businessOnly = encodeKeyPolicy({ allOf: 'BusinessMSP', oneOf: ['PortMSP'] });
    for (const policy of [...policies, businessOnly]) {
      forge(stage, keys.aeo('IMPORTER1'), forgedAeo, policy);
      expect(codeOf(await stage.when(auditor, 'GetAeo', { partyId: 'IMPORTER1' }))).to.equal('AEO_UNKNOWN');
    }
    await stage.given(officer, 'DecideAeo', {
      requestId: 'aeo',
      partyId: 'IMPORTER1',
      status: 'given',
      reason: 'audited',
    });
    const { payload } = await stage.when(auditor, 'GetAeo', { partyId: 'IMPORTER1' });
    expect(JSON.parse(payload)).to.deep.include({ reason: 'audited', decidedBy: 'OFFICER1' });
  });

  it('keep nobody from opening a shipment or placing a hold who was forestalled by a forged key', async () => {
    const stage = await Stage.started();
    forge(stage, keys.customs(testUcr), { v: 1, ucr: testUcr, customs: 'PortMSP', holds: 0, inForce: [] });
    await stage.given(importer, 'OpenShipment', shipmentInput());
    forge(stage, keys.hold(testUcr, 1), { forged: true });
    await stage.given(officer, 'PlaceHold', hold);
    expect(stage.ledger.value(keys.hold(testUcr, 1))).to.contain('art. 188');
    expect(stage.ledger.policy(keys.hold(testUcr, 1))).to.deep.equal(customs);
  });
});
