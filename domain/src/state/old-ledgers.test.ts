import { expect } from 'chai';
import { utf8 } from '../bytes/bytes.js';
import type { Caller } from '../command/caller.js';
import { customsPolicy } from '../customs/held-keys.js';
import { PassageError } from '../errors/passage-error.js';
import { adminCaller, partyCaller, shipmentInput, testLedger, testUcr } from '../testing/cast.js';
import { oldLedger, oldLedgerNames, type OldLedger } from '../testing/old-ledgers.js';
import { observation, TestDevice } from '../testing/test-device.js';
import { TestWorld } from '../testing/test-world.js';
import { decodeRecord } from './codec.js';
import { keys, stateKinds, type StateKey } from './keys.js';

/** Who decides for customs: its officer or, where the role table has no officers yet, its office, registered now. */
function customsOn(world: TestWorld): Caller {
  if (world.get(keys.party('OFFICER1')) !== undefined) return partyCaller('OFFICER1');
  const role = 'customs_office';
  world.play(adminCaller('CustomsMSP'), 'RegisterParty', {
    requestId: 'office',
    partyId: 'OFFICE1',
    name: 'Customs office',
    roles: [role],
  });
  return { ...adminCaller('CustomsMSP'), admin: false, partyId: 'OFFICE1', role };
}

/** The world as the older rules left it, a day later. */
function worldOf({ state }: OldLedger): TestWorld {
  const world = new TestWorld();
  for (const [key, value] of Object.entries(state)) world.put(key, utf8(value));
  world.wait(1);
  return world;
}

const carrier = partyCaller('CARRIER1');
const terminal = partyCaller('TERMINAL1');
const detain = { requestId: 'hold-now', ucr: testUcr, legalBasis: 'Art. 1' };

for (const name of oldLedgerNames) {
  describe(`a ledger of older rules: ${name}`, () => {
    const ledger = oldLedger(name);

    it('has values of which every one can be read', () => {
      const records = Object.entries(ledger.state);
      expect(records).to.have.length.above(10);
      for (const [key, value] of records) {
        expect(decodeRecord(key as StateKey, utf8(value)), key).to.have.property('v');
      }
    });

    it('goes on: statements, handovers, registrations, new shipments', () => {
      const world = worldOf(ledger);
      const device = new TestDevice(testLedger, Buffer.alloc(32, 7));
      const [known, , next] = [observation(), observation(), observation()].map((event) =>
        device.next(event),
      );
      const batch = world.play(terminal, 'RecordStatements', { statements: [known ?? '', next ?? ''] });
      const results = batch.response['results'] as readonly { status: string }[];
      expect(results.map(({ status }) => status)).to.deep.equal(['duplicate', 'accepted']);
      world.play(terminal, 'AcceptHandover', { requestId: 'now', ucr: testUcr, handover: 1 });
      expect(world.get(keys.custody(testUcr))?.custodian).to.equal('TERMINAL1');
      const again = { requestId: 'o1', ucr: testUcr, to: 'TERMINAL1', place: 'KRPUS' };
      expect(world.play(carrier, 'OfferHandover', again).response['duplicate']).to.equal(true);
      const successor = new TestDevice(testLedger);
      world.play(carrier, 'RotateDevice', {
        requestId: 'rotate',
        rotation: device.rotationTo(successor.kid),
        proof: successor.proof({ owner: 'CARRIER1', kind: 'handheld_terminal' }),
      });
      const ucr = testUcr.replace('DECL1', 'DECL9');
      world.play(partyCaller('IMPORTER1'), 'OpenShipment', shipmentInput({ requestId: 'new', ucr }));
    });

    it('lets customs hold, release and inspect shipments that were opened then', () => {
      const world = worldOf(ledger);
      const officer = customsOn(world);
      const isOlder = ledger.state[keys.customs(testUcr)] === undefined;
      const held = world.play(officer, 'DetainGoods', detain);
      const made = isOlder ? { [keys.customs(testUcr)]: customsPolicy('CustomsMSP') } : {};
      expect(held.policies).to.deep.include(made);
      expect(held.writes.includes(keys.guard('CustomsMSP'))).to.equal(isOlder);
      const refused = world.refusal(terminal, 'AcceptHandover', {
        requestId: 'x',
        ucr: testUcr,
        handover: 1,
      });
      expect(refused.code).to.equal('GOODS_HELD');
      const release = { requestId: 'lift', ucr: testUcr, hold: 1, legalBasis: 'Art. 2' };
      const lifted = world.play(officer, 'ReleaseHold', { ...release, response: '4' });
      expect(lifted.policies).not.to.have.property(keys.customs(testUcr));
      world.play(officer, 'ReleaseGoods', { requestId: 'free', ucr: testUcr, legalBasis: 'Art. 3' });
    });

    it('opens no shipment a second time that was opened then', () => {
      const again = shipmentInput({ requestId: 'again' });
      const refusal = worldOf(ledger).refusal(partyCaller('IMPORTER1'), 'OpenShipment', again);
      expect(refusal.code).to.equal('SHIPMENT_EXISTS');
    });

    it('agrees on parameters, which it had none of', () => {
      const world = worldOf(ledger);
      const [customs, port, business] = ['CustomsMSP', 'PortMSP', 'BusinessMSP'].map(adminCaller);
      if (!customs || !port || !business) throw new Error('three callers');
      const changes = { offerHours: 1 };
      world.play(port, 'ProposeParameters', { requestId: 'p', changes, reason: 'agreed' });
      const word = { requestId: 'w', proposedBy: 'PortMSP', proposal: 'p' };
      for (const by of [customs, port, business]) world.play(by, 'ApproveParameters', word);
      expect(world.get(keys.ledger)?.parameters).to.deep.equal({ version: 1, values: changes });
    });
  });
}

describe('a shipment without a standing', () => {
  it('is opened by nobody under a reference that customs has a standing for', () => {
    const world = TestWorld.started();
    const input = shipmentInput();
    world.play(partyCaller('IMPORTER1'), 'OpenShipment', input);
    world.put(keys.shipment(testUcr), new Uint8Array());
    const again = { ...input, requestId: 'again' };
    expect(world.refusal(partyCaller('IMPORTER1'), 'OpenShipment', again).code).to.equal('SHIPMENT_EXISTS');
  });

  it('is refused where it names its customs: nobody relies on a key that is missing', () => {
    const world = TestWorld.started();
    world.play(partyCaller('IMPORTER1'), 'OpenShipment', shipmentInput());
    world.put(keys.customs(testUcr), new Uint8Array());
    expect(world.refusal(partyCaller('OFFICER1'), 'DetainGoods', detain).code).to.equal('SHIPMENT_UNKNOWN');
  });
});

describe('a record of a newer format', () => {
  it('is refused with a code that says so, whatever kind it is', () => {
    const world = TestWorld.started();
    const newer = utf8(JSON.stringify({ v: 2, anything: 'else' }));
    world.put(keys.party('IMPORTER1'), newer);
    const refusal = world.refusal(partyCaller('IMPORTER1'), 'OpenShipment', shipmentInput());
    expect(refusal.code).to.equal('STATE_FORMAT_NEWER');
    expect(refusal.details).to.deep.equal({ key: 'party/IMPORTER1', version: 2, known: 1 });
  });

  it('stops a whole batch, and blames no statement of it', () => {
    const world = TestWorld.started();
    const device = new TestDevice(testLedger);
    world.put(keys.device(device.kid), utf8('{"v":9}'));
    const refusal = world.refusal(terminal, 'RecordStatements', { statements: [device.next(observation())] });
    expect(refusal.code).to.equal('STATE_FORMAT_NEWER');
  });

  it('has to say its version: no kind of record is read without one', () => {
    for (const kind of stateKinds) {
      const key = [kind, ...Array<string>(4).fill('x')];
      const tries = [1, 2, 3, 4, 5].map((length) => key.slice(0, length).join('/') as StateKey);
      for (const each of tries) expect(() => decodeRecord(each, utf8('{}')), each).to.throw();
    }
  });

  it('is no refusal of anybody where it cannot be read at all', () => {
    const world = TestWorld.started();
    world.put(keys.party('IMPORTER1'), utf8('{"v":1}'));
    expect(() => world.play(partyCaller('IMPORTER1'), 'OpenShipment', shipmentInput())).to.throw(
      Error,
      'cannot be read',
    );
    expect(() => world.play(partyCaller('IMPORTER1'), 'OpenShipment', shipmentInput())).not.to.throw(
      PassageError,
    );
  });
});
