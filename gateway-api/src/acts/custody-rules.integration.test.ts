import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import { at, listAt } from '../testing/read.js';
import { RunningGateways } from '../testing/running-gateways.js';
import { act, codeOf, fine, record, recordStatements, registerCaller, send } from '../testing/story.js';
import { TestDevice } from '../testing/test-device.js';

const BASE_PORT = 27_400;
const UCR = '6KRTRADER1-0001';
const who = { subject: 't', admin: false };
const importer = { ...who, org: 'business', party: 'TRADER1', role: 'importer' } satisfies Caller;
const broker = { ...who, org: 'business', party: 'BROKER1', role: 'broker' } satisfies Caller;
const carrier = { ...who, org: 'business', party: 'CARRIER1', role: 'carrier' } satisfies Caller;
const officer = { ...who, org: 'customs', party: 'OFFICER-7', role: 'customs_officer' } satisfies Caller;

describe("a device's life and a mandate on the embedded network", function () {
  this.timeout(300_000);
  let gateways: RunningGateways;
  let device: TestDevice;

  before(async () => {
    gateways = await RunningGateways.open(BASE_PORT, ['customs', 'business']);
    device = new TestDevice(gateways.network.genesisHash);
  });
  after(() => gateways.remove());

  const refusal = async (caller: Caller, name: string, input: object): Promise<unknown> =>
    codeOf(await send(gateways, caller, name, input));
  /** Codes of the statements that the carrier's gateway refuses. */
  const refused = async (statement: string): Promise<readonly unknown[]> => {
    const taken = await recordStatements(gateways, [statement], carrier);
    return listAt(taken, 'refused').map((one) => at(one, 'code'));
  };
  /** Asks the owner's gateway until it has read the block that shows it. */
  const untilStatus = async (kid: string, status: string): Promise<void> => {
    const query = `{ device(kid: "${kid}") { status } }`;
    while (at(fine(await gateways.ask(query, carrier)), 'device.status') !== status) await sleep(50);
  };

  it('takes a device from registration through suspension and rotation to revocation', async () => {
    for (const caller of [importer, broker, carrier, officer]) await registerCaller(gateways, caller);
    const { kid } = device;
    const claim = { owner: carrier.party, kind: 'gps_eseal' };
    await act(gateways, carrier, 'registerDevice', { kind: claim.kind, proof: device.proof(claim) });

    await act(gateways, officer, 'suspendDevice', { kid, reason: 'under examination' });
    await untilStatus(kid, 'suspended');
    const statement = device.statement(UCR);
    expect(await refused(statement)).to.deep.equal(['DEVICE_SUSPENDED']);
    expect(await refusal(carrier, 'resumeDevice', { kid })).to.equal('CUSTOMS_ONLY');

    await act(gateways, officer, 'resumeDevice', { kid });
    await untilStatus(kid, 'active');
    await record(gateways, [statement], carrier);

    const next = new TestDevice(gateways.network.genesisHash);
    const rotation = { proof: next.proof(claim), rotation: device.rotationTo(next.kid) };
    const rotated = await act(
      gateways,
      carrier,
      'rotateDevice',
      rotation,
      'device { kid predecessor { kid seq last } }',
    );
    expect(rotated['device']).to.deep.equal({
      kid: next.kid,
      predecessor: { kid, seq: 1, last: device.last },
    });
    expect(await refused(device.statement(UCR))).to.deep.equal(['DEVICE_ROTATED']);

    const revocation = { kid: next.kid, reason: 'stolen', compromisedSince: { block: 1 } };
    const revoked = await act(
      gateways,
      carrier,
      'revokeDevice',
      revocation,
      'device { status compromise { since { block } } }',
    );
    expect(revoked['device']).to.deep.equal({ status: 'revoked', compromise: { since: { block: 1 } } });
    expect(await refused(next.statement(UCR))).to.deep.equal(['DEVICE_REVOKED']);
    const confirmation = { kid: next.kid, compromisedSince: { block: 1 } };
    const confirmed = await act(
      gateways,
      officer,
      'confirmCompromise',
      confirmation,
      'device { compromise { confirmedBy } }',
    );
    expect(at(confirmed, 'device.compromise.confirmedBy')).to.equal(officer.party);
  });

  it('lets a broker open the shipment of its mandator, until the mandate is withdrawn', async () => {
    const opening = {
      ucr: UCR,
      goods: [{ hs: '850760', hsEdition: '2022' }],
      origin: 'CN',
      departure: 'CN',
      transportMode: '1',
      parties: { importer: importer.party },
      custodian: carrier.party,
      onBehalfOf: { party: importer.party, mandate: 'm1' },
    };
    expect(await refusal(broker, 'openShipment', opening)).to.equal('MANDATE_UNKNOWN');
    const until = '2999-01-01T00:00:00.000Z';
    const mandate = { mandatary: broker.party, scope: ['OpenShipment'], until };
    await act(gateways, importer, 'grantMandate', { requestId: 'm1', ...mandate });
    const opened = await act(
      gateways,
      broker,
      'openShipment',
      opening,
      'shipment { opener act { party onBehalfOf } }',
    );
    expect(opened['shipment']).to.deep.equal({
      opener: importer.party,
      act: { party: broker.party, onBehalfOf: importer.party },
    });
    await act(gateways, importer, 'withdrawMandate', { mandatary: broker.party, mandate: 'm1' });
    const later = { ...opening, ucr: '6KRTRADER1-0002' };
    expect(await refusal(broker, 'openShipment', later)).to.equal('MANDATE_ENDED');
  });
});
