import { expect } from 'chai';
import fc from 'fast-check';
import type { JsonObject } from '../../json/value.js';
import { mandatableActs } from '../../mandate/mandatable-acts.js';
import { keys } from '../../state/keys.js';
import {
  castMembers,
  partyCaller,
  shipmentInput,
  TestDevice,
  testLedger,
  testUcr,
  TestWorld,
  type CastMember,
} from '../../testing/index.js';
import { commands } from '../commands.js';

const importer = partyCaller('IMPORTER1');
const broker = partyCaller('BROKER1');
const carrier = partyCaller('CARRIER1');
const officer = partyCaller('OFFICER1');
const until = '2026-02-01T00:00:00.000Z';
const byMandate = { onBehalfOf: { party: 'IMPORTER1', mandate: 'm1' } };

/** A time so many minutes after the whole cast was registered: each transaction takes one. */
function afterStart(minutes: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, 1 + castMembers.length + minutes)).toISOString();
}

function granted(changes: JsonObject = {}, by: CastMember = 'IMPORTER1'): TestWorld {
  const world = TestWorld.started();
  const mandate = { requestId: 'm1', mandatary: 'BROKER1', scope: ['OpenShipment'], until, ...changes };
  world.play(partyCaller(by), 'GrantMandate', mandate);
  return world;
}

function opening(changes: JsonObject = {}): JsonObject {
  return shipmentInput({ ...byMandate, ...changes });
}

describe('GrantMandate', () => {
  it('records who may act for whom, in what, on what and until when', () => {
    const world = granted({ ucrPrefix: '6KR' });
    expect(world.get(keys.mandate('IMPORTER1', 'BROKER1', 'm1'))).to.deep.equal({
      v: 1,
      mandator: 'IMPORTER1',
      mandatary: 'BROKER1',
      mandate: 'm1',
      scope: ['OpenShipment'],
      ucrPrefix: '6KR',
      until,
      grantedAt: world.now(),
    });
  });

  it('refuses oneself, strangers, the past, and acts that nobody does for another', () => {
    const world = TestWorld.started();
    const grant = { requestId: 'g', mandatary: 'BROKER1', scope: ['OpenShipment'], until };
    for (const [changes, code] of [
      [{ mandatary: 'IMPORTER1' }, 'INVALID_FIELD'],
      [{ mandatary: 'NOBODY' }, 'PARTY_UNKNOWN'],
      [{ until: '2026-01-01T00:00:00.000Z' }, 'INVALID_FIELD'],
      [{ until: afterStart(4) }, 'INVALID_FIELD'],
      [{ scope: [] }, 'INVALID_FIELD'],
      [{ scope: ['RevokeDevice'] }, 'INVALID_FIELD'],
      [{ scope: ['GrantMandate'] }, 'INVALID_FIELD'],
    ] as const) {
      expect(world.refusal(importer, 'GrantMandate', { ...grant, ...changes }).code).to.equal(code);
    }
  });

  it('can be given for commands of parties alone', () => {
    const names = commands.filter(({ by }) => by === 'party').map(({ name }) => name);
    expect(names).to.include.members([...mandatableActs]);
  });
});

describe('an act by mandate', () => {
  it("opens the mandator's shipment as its own act, under the mandatary's request", () => {
    const world = granted();
    const { writes, reads } = world.play(broker, 'OpenShipment', opening());
    expect(world.get(keys.shipment(testUcr))?.opener).to.equal('IMPORTER1');
    expect(writes).to.include('request/BROKER1/open-1');
    expect(reads).to.include.members(['party/BROKER1', 'party/IMPORTER1', 'mandate/IMPORTER1/BROKER1/m1']);
  });

  it('needs the mandate: a broker opens nothing by itself', () => {
    const world = TestWorld.started();
    expect(world.refusal(broker, 'OpenShipment', shipmentInput()).code).to.equal('ROLE_NOT_HELD');
    expect(world.refusal(broker, 'OpenShipment', opening()).code).to.equal('MANDATE_UNKNOWN');
  });

  it('is refused to anybody but the mandatary', () => {
    const world = granted();
    for (const who of ['CARRIER1', 'TERMINAL1', 'IMPORTER1'] as const) {
      expect(world.refusal(partyCaller(who), 'OpenShipment', opening()).code).to.equal('MANDATE_UNKNOWN');
    }
  });

  it('ends with its time, by the transaction, and with its withdrawal', () => {
    const over = granted({ until: afterStart(2) });
    const mandate = { requestId: 'w', mandatary: 'BROKER1', mandate: 'm1' };
    over.play(importer, 'WithdrawMandate', mandate);
    expect(over.refusal(broker, 'OpenShipment', opening()).code).to.equal('MANDATE_ENDED');
    expect(over.refusal(importer, 'WithdrawMandate', { ...mandate, requestId: 'w2' }).code).to.equal(
      'MANDATE_ENDED',
    );
    const late = granted({ until: afterStart(2) });
    while (late.now() < afterStart(2)) {
      expect(late.refusal(broker, 'OpenShipment', opening({ custodian: 'NOBODY' })).code).to.equal(
        'PARTY_UNKNOWN',
      );
    }
    expect(late.refusal(broker, 'OpenShipment', opening()).code).to.equal('MANDATE_ENDED');
  });

  it('answers an earlier request as before, also when the mandate has ended since', () => {
    const world = granted();
    world.play(broker, 'OpenShipment', opening());
    world.play(importer, 'WithdrawMandate', { requestId: 'w', mandatary: 'BROKER1', mandate: 'm1' });
    expect(world.play(broker, 'OpenShipment', opening()).response['duplicate']).to.equal(true);
  });

  it('stays within its scope and its consignments', () => {
    const other = granted({ scope: ['OfferHandover'] });
    expect(other.refusal(broker, 'OpenShipment', opening()).code).to.equal('MANDATE_SCOPE');
    const elsewhere = granted({ ucrPrefix: '7' });
    expect(elsewhere.refusal(broker, 'OpenShipment', opening()).code).to.equal('MANDATE_SCOPE');
    granted({ ucrPrefix: testUcr.slice(0, 5) }).play(broker, 'OpenShipment', opening());
  });

  it('covers a device of the mandator, but no device where it is limited to consignments', () => {
    const device = new TestDevice(testLedger);
    const proof = device.proof({ owner: 'IMPORTER1', kind: 'drone' });
    const input = { requestId: 'd', kind: 'drone', proof, ...byMandate };
    const world = granted({ scope: ['RegisterDevice'] });
    world.play(broker, 'RegisterDevice', input);
    expect(world.get(keys.device(device.kid))).to.include({ owner: 'IMPORTER1', mspId: 'BusinessMSP' });
    const limited = granted({ scope: ['RegisterDevice'], ucrPrefix: '6' });
    expect(limited.refusal(broker, 'RegisterDevice', input).code).to.equal('MANDATE_SCOPE');
  });

  it('hands over what the mandator holds', () => {
    const world = granted({ scope: ['OfferHandover'] }, 'CARRIER1');
    world.play(importer, 'OpenShipment', shipmentInput());
    world.play(broker, 'OfferHandover', {
      requestId: 'o',
      ucr: testUcr,
      to: 'TERMINAL1',
      place: 'KRPUS',
      onBehalfOf: { party: 'CARRIER1', mandate: 'm1' },
    });
    expect(world.get(keys.handover(testUcr, 1))).to.include({ from: 'CARRIER1', to: 'TERMINAL1' });
  });

  it("hands on nobody's authority but the mandator's own, and customs' to nobody", () => {
    const world = granted({ scope: ['SuspendDevice'] }, 'OFFICER1');
    const device = new TestDevice(testLedger);
    const proof = device.proof({ owner: 'CARRIER1', kind: 'drone' });
    world.play(carrier, 'RegisterDevice', { requestId: 'd', kind: 'drone', proof });
    const { kid } = device;
    const onBehalfOf = { party: 'OFFICER1', mandate: 'm1' };
    const input = { requestId: 's', kid, reason: 'x', onBehalfOf };
    expect(world.refusal(broker, 'SuspendDevice', input).code).to.equal('ROLE_NOT_HELD');
  });

  it('is no member of other commands', () => {
    const input = { requestId: 'r', kid: 'A'.repeat(43), reason: 'x', ...byMandate };
    const refusal = granted().refusal(broker, 'RevokeDevice', input);
    expect(refusal.details['violations']).to.have.nested.property('[0].pointer', '/onBehalfOf');
  });

  it('is allowed exactly within scope, consignments and time, whatever they are', () => {
    const scope = fc.subarray([...mandatableActs], { minLength: 1 });
    const prefix = fc.option(fc.constantFrom('6', '6KRIMPORTER1', '7', testUcr, `${testUcr}1`), {
      nil: undefined,
    });
    const minutes = fc.integer({ min: 2, max: 5 });
    fc.assert(
      fc.property(scope, prefix, minutes, (acts, ucrPrefix, minute) => {
        const end = afterStart(minute);
        const world = granted({ scope: acts, until: end, ...(ucrPrefix !== undefined && { ucrPrefix }) });
        world.play(carrier, 'GrantMandate', { requestId: 'x', mandatary: 'BROKER1', scope: acts, until });
        const covered = acts.includes('OpenShipment') && testUcr.startsWith(ucrPrefix ?? '');
        const opened = ((): boolean => {
          try {
            world.play(broker, 'OpenShipment', opening());
            return true;
          } catch {
            return false;
          }
        })();
        expect(opened).to.equal(covered && world.now() <= end);
        expect(world.get(keys.shipment(testUcr)) !== undefined).to.equal(opened);
      }),
      { numRuns: 60 },
    );
  }).timeout(20_000);
});

describe('NameParty', () => {
  const input = { requestId: 'n', ucr: testUcr, partyId: 'TERMINAL1', role: 'terminal_operator' };

  function opened(changes: JsonObject = {}): TestWorld {
    const world = TestWorld.started();
    world.play(importer, 'OpenShipment', shipmentInput(changes));
    return world;
  }

  it('is for consignor, custodian and customs', () => {
    for (const caller of [partyCaller('SELLER1'), carrier, officer]) {
      const world = opened();
      const { writes } = world.play(caller, 'NameParty', input);
      expect(writes).to.deep.equal([`naming/${testUcr}/TERMINAL1`, `request/${caller.partyId ?? ''}/n`]);
      expect(world.get(keys.naming(testUcr, 'TERMINAL1'))).to.deep.include({
        role: 'terminal_operator',
        namedBy: caller.partyId,
        namedAt: world.now(),
      });
    }
    for (const caller of [importer, broker, partyCaller('TERMINAL1')]) {
      expect(opened().refusal(caller, 'NameParty', input).code).to.equal('MAY_NOT_NAME');
    }
  });

  it('takes whoever opened the shipment for the consignor where no seller is named', () => {
    opened({ parties: { importer: 'IMPORTER1' } }).play(importer, 'NameParty', input);
  });

  it('names registered parties, in a role that they hold, once', () => {
    const world = opened();
    for (const [changes, code] of [
      [{ partyId: 'NOBODY' }, 'PARTY_UNKNOWN'],
      [{ role: 'carrier' }, 'ROLE_NOT_HELD'],
      [{ ucr: '6KRNOBODY-1' }, 'SHIPMENT_UNKNOWN'],
    ] as const) {
      expect(world.refusal(carrier, 'NameParty', { ...input, ...changes }).code).to.equal(code);
    }
    world.play(carrier, 'NameParty', input);
    expect(world.refusal(officer, 'NameParty', { ...input, requestId: 'n2' }).code).to.equal('PARTY_NAMED');
  });
});
