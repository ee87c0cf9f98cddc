/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access -- a test reads the members it has just asked for */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from 'chai';

import { openLocalIssuer } from './auth/local-issuer.js';
import type { LocalIssuer } from './auth/local-issuer.js';
import { EmbeddedNetwork } from './testing/embedded-network.js';
import { TestDevice } from './testing/test-device.js';

const BASE_PORT = 27_400;
const UCR = '6KRTRADER1-0001';
const importer = { org: 'business', party: 'TRADER1', role: 'importer', admin: false };
const broker = { org: 'business', party: 'BROKER1', role: 'broker', admin: false };
const carrier = { org: 'business', party: 'CARRIER1', role: 'carrier', admin: false };
const officer = { org: 'customs', party: 'OFFICER-7', role: 'customs_officer', admin: false };
type Who = { org: string; party?: string; role?: string; admin: boolean };
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reads what it has just asked for
type Data = any;

describe("a device's life and a mandate on the embedded network", function () {
  this.timeout(300_000);
  let dir: string;
  let network: EmbeddedNetwork;
  let issuer: LocalIssuer;
  let device: TestDevice;
  const urls = new Map<string, string>();

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'passage-rules-'));
    network = new EmbeddedNetwork(dir, BASE_PORT);
    issuer = await openLocalIssuer(dir);
    await network.startNetwork();
    await network.startChaincode();
    for (const org of ['customs', 'business'] as const) urls.set(org, await network.startGateway(org));
    device = new TestDevice(network.genesisHash);
  });
  after(async () => {
    await network.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const send = async (
    who: Who,
    query: string,
    input: object = {},
  ): Promise<{ data?: Data; errors?: Data }> => {
    const token = await issuer.token(who, 600);
    const response = await fetch(urls.get(who.org) ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables: { input: { requestId: randomUUID(), ...input } } }),
    });
    return (await response.json()) as { data?: Data; errors?: Data };
  };
  const mutation = (name: string, fields: string): string =>
    `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${fields} } }`;
  const act = async (who: Who, name: string, input: object, fields = 'receipt { block }'): Promise<Data> => {
    const { data, errors } = await send(who, mutation(name, fields), input);
    if (errors) throw new Error(JSON.stringify(errors));
    return data[name];
  };
  const code = async (who: Who, name: string, input: object): Promise<unknown> => {
    const { errors } = await send(who, mutation(name, 'receipt { block }'), input);
    return errors?.[0]?.extensions.code;
  };
  const offer = (statement: string): Promise<Data> =>
    act(carrier, 'recordStatements', { statements: [statement] }, 'accepted { id } refused { code }');
  /** Asks the owner's gateway until it has read the block that shows it. */
  const untilStatus = async (kid: string, status: string): Promise<void> => {
    const query = `{ device(kid: "${kid}") { status } }`;
    while ((await send(carrier, query)).data?.device.status !== status) await sleep(50);
  };

  it('takes a device from registration through suspension and rotation to revocation', async () => {
    for (const { org, party, role } of [importer, broker, carrier, officer]) {
      const input = { partyId: party, name: party, roles: [role] };
      await act({ org, admin: true }, 'registerParty', input);
    }
    const { kid } = device;
    const claim = { owner: carrier.party, kind: 'gps_eseal' };
    await act(carrier, 'registerDevice', { kind: claim.kind, proof: device.proof(claim) });

    await act(officer, 'suspendDevice', { kid, reason: 'under examination' });
    await untilStatus(kid, 'suspended');
    const statement = device.statement(UCR);
    expect((await offer(statement)).refused).to.deep.equal([{ code: 'DEVICE_SUSPENDED' }]);
    expect(await code(carrier, 'resumeDevice', { kid })).to.equal('CUSTOMS_ONLY');

    await act(officer, 'resumeDevice', { kid });
    await untilStatus(kid, 'active');
    const { accepted } = await offer(statement);
    expect(accepted).to.have.length(1);
    const query = `{ statement(id: "${accepted[0].id as string}") { state } }`;
    while ((await send(carrier, query)).data?.statement.state === 'PENDING') await sleep(50);
    expect((await send(carrier, query)).data.statement.state).to.equal('RECORDED');

    const next = new TestDevice(network.genesisHash);
    const rotation = { proof: next.proof(claim), rotation: device.rotationTo(next.kid) };
    const rotated = await act(
      carrier,
      'rotateDevice',
      rotation,
      'device { kid predecessor { kid seq last } }',
    );
    expect(rotated.device).to.deep.equal({
      kid: next.kid,
      predecessor: { kid, seq: 1, last: device.last },
    });
    expect((await offer(device.statement(UCR))).refused).to.deep.equal([{ code: 'DEVICE_ROTATED' }]);

    const revocation = { kid: next.kid, reason: 'stolen', compromisedSince: { block: 1 } };
    const revoked = await act(
      carrier,
      'revokeDevice',
      revocation,
      'device { status compromise { since { block } } }',
    );
    expect(revoked.device).to.deep.equal({ status: 'revoked', compromise: { since: { block: 1 } } });
    expect((await offer(next.statement(UCR))).refused).to.deep.equal([{ code: 'DEVICE_REVOKED' }]);
    const confirmation = { kid: next.kid, compromisedSince: { block: 1 } };
    const confirmed = await act(
      officer,
      'confirmCompromise',
      confirmation,
      'device { compromise { confirmedBy } }',
    );
    expect(confirmed.device.compromise.confirmedBy).to.equal(officer.party);
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
    expect(await code(broker, 'openShipment', opening)).to.equal('MANDATE_UNKNOWN');
    const until = '2999-01-01T00:00:00.000Z';
    const mandate = { mandatary: broker.party, scope: ['OpenShipment'], until };
    await act(importer, 'grantMandate', { requestId: 'm1', ...mandate });
    const opened = await act(broker, 'openShipment', opening, 'shipment { opener act { party onBehalfOf } }');
    expect(opened.shipment).to.deep.equal({
      opener: importer.party,
      act: { party: broker.party, onBehalfOf: importer.party },
    });
    await act(importer, 'withdrawMandate', { mandatary: broker.party, mandate: 'm1' });
    const later = { ...opening, ucr: '6KRTRADER1-0002' };
    expect(await code(broker, 'openShipment', later)).to.equal('MANDATE_ENDED');
  });
});
