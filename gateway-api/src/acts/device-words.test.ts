import { expect } from 'chai';

import { at, nodesOf } from '../testing/read.js';
import {
  act,
  codeOf,
  fine,
  openShipment,
  record,
  recordStatements,
  registerParty,
  send,
} from '../testing/story.js';
import { TestDevice } from '../testing/test-device.js';
import { TestGateway, UCR, carrier } from '../testing/test-gateway.js';

const [seal, stranger] = ['urn:epc:id:giai:4000001.111', 'urn:epc:id:giai:4000001.112'];

/** Test devices say that everything happened on 1 March 2026. */
describe("what a device's owner says of it", () => {
  let gateway: TestGateway;
  const device = new TestDevice();
  before(async () => {
    gateway = await (await TestGateway.open()).start();
    await registerParty(gateway, 'KRIMP01', 'importer');
    await registerParty(gateway, 'CARRIER', 'carrier');
    fine(await openShipment(gateway));
    const kind = 'edge_signer';
    const { device: registered } = await act(
      gateway,
      carrier,
      'registerDevice',
      {
        kind,
        proof: device.proof({ owner: 'CARRIER', kind }),
        calibratedUntil: '2026-01-31T00:00:00.000Z',
        signsFor: [seal],
      },
      'device { calibratedUntil calibration { calibratedAt } signsFor }',
    );
    expect(registered).to.deep.equal({
      calibratedUntil: '2026-01-31T00:00:00.000Z',
      calibration: null,
      signsFor: [seal],
    });
  });
  after(() => gateway.remove());

  /** The observations of the shipment, oldest first. */
  async function observations(): Promise<readonly unknown[]> {
    const query = `{ trace(ucr: "${UCR}", first: 100) { edges { node { ... on Observation {
      signedFor calibration device { kid } verification { checks notChecked } } } } } }`;
    return nodesOf(at(fine(await gateway.ask(query)), 'trace')).filter(
      (node) => 'calibration' in Object(node),
    );
  }

  async function alerts(): Promise<unknown> {
    const query = `{ shipment(ucr: "${UCR}") { alerts { nodes { kind subject details } } } }`;
    const found = at(fine(await gateway.ask(query)), 'shipment.alerts.nodes') as readonly unknown[];
    return found.filter((alert) => at(alert, 'kind') === 'out_of_calibration');
  }

  it('names the devices that it signs for, and answers say so', async () => {
    const { refused } = await recordStatements(gateway, [
      device.statement(UCR, { 'psg:signedFor': stranger }),
    ]);
    expect(at(refused, '0')).to.include({
      code: 'DEVICE_NOT_NAMED',
      pointer: '/payload/psg:signedFor',
    });
    device.returnTo([0, undefined]);
    await record(gateway, [device.statement(UCR, { 'psg:signedFor': seal })]);
    const [heard] = await observations();
    expect(at(heard, 'signedFor')).to.equal(seal);
    expect(at(heard, 'device.kid')).to.equal(device.kid);
    expect(at(heard, 'verification.checks')).to.include('device signature of the statement');
    expect(at(heard, 'verification.notChecked.0')).to.equal(
      `whether ${seal} reported it: it signs nothing, and the edge signer ${device.kid} signed for it`,
    );
    const { kid } = device;
    const { device: named } = await act(
      gateway,
      carrier,
      'nameDevices',
      { kid, signsFor: [seal, stranger] },
      'device { signsFor }',
    );
    expect(named).to.deep.equal({ signsFor: [seal, stranger] });
    await record(gateway, [device.statement(UCR)]);
    const [, own] = await observations();
    expect(at(own, 'signedFor')).to.equal(null);
    expect(JSON.stringify(at(own, 'verification.notChecked'))).not.to.include('edge signer');
  });

  it('when it was calibrated, and answers say whether it was when it saw something', async () => {
    const { kid } = device;
    expect((await observations()).map((node) => at(node, 'calibration'))).to.deep.equal([
      'expired',
      'expired',
    ]);
    const day = 86_400_000;
    const alert = { kind: 'out_of_calibration', subject: kid };
    const details = { milliseconds: 29 * day + 8 * (day / 24) };
    expect(await alerts()).to.deep.equal([
      { ...alert, details },
      { ...alert, details },
    ]);
    const late = {
      kid,
      calibratedAt: '2026-01-30T00:00:00.000Z',
      calibratedUntil: '2026-01-30T12:00:00.000Z',
    };
    expect(codeOf(await send(gateway, carrier, 'recordCalibration', late))).to.equal('CALIBRATION_OLDER');
    const certificate = 'ab'.repeat(32);
    const { device: calibrated } = await act(
      gateway,
      carrier,
      'recordCalibration',
      { ...late, calibratedUntil: '2026-06-30T00:00:00.000Z', certificate },
      'device { calibratedUntil calibration { calibratedAt certificate } act { party } }',
    );
    expect(calibrated).to.deep.equal({
      calibratedUntil: '2026-06-30T00:00:00.000Z',
      calibration: { calibratedAt: '2026-01-30T00:00:00.000Z', certificate },
      act: { party: 'CARRIER' },
    });
    expect((await observations()).map((node) => at(node, 'calibration'))).to.deep.equal(['valid', 'valid']);
    expect(await alerts()).to.deep.equal([]);
  });
});
