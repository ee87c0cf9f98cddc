import { setTimeout as sleep } from 'node:timers/promises';

import { readStatement } from '@passage/domain';
import type { Caller as LedgerCaller } from '@passage/domain';
import { expect } from 'chai';

import { fakeIdentity } from '../testing/fake-ledger.js';
import { at, listAt, nodesOf } from '../testing/read.js';
import type { Members } from '../testing/read.js';
import { fine, prepared, recordStatements, settled } from '../testing/story.js';
import { TestDevice } from '../testing/test-device.js';
import { TestGateway, UCR } from '../testing/test-gateway.js';

const port: LedgerCaller = { mspId: 'PortMSP', admin: false, partyId: 'PORT', role: 'terminal_operator' };
const officer: LedgerCaller = {
  mspId: 'CustomsMSP',
  admin: false,
  partyId: 'OFFICER',
  role: 'customs_officer',
};
const container = 'urn:epc:id:bic:CSQU3054383';

interface Observation {
  readonly statementId: string;
  readonly standing: {
    readonly word: string;
    readonly reachedBy: string | null;
    readonly witnesses: readonly { readonly object: string; readonly statementId: string }[];
  };
}

/** Waits until the index shows what another organisation has done. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(5);
}

describe('a device whose key was in other hands', () => {
  let gateway: TestGateway;
  let device: TestDevice;
  let since: number;
  let requests = 0;
  const signed: Record<string, string> = {};

  /** A transaction of another organisation, which has its own gateway. */
  const elsewhere = async (caller: LedgerCaller, name: string, input: object): Promise<void> => {
    requests += 1;
    const request = name === 'RecordStatements' ? {} : { requestId: `elsewhere-${String(requests)}` };
    const json = JSON.stringify({ ...request, ...input });
    await gateway.ledger.broadcast(await gateway.ledger.endorse(name, json, fakeIdentity(caller)));
  };
  const register = async ({ mspId, partyId, role }: LedgerCaller): Promise<void> =>
    elsewhere({ mspId, admin: true }, 'RegisterParty', { partyId, name: 'Elsewhere', roles: [role] });
  const record = async (name: string, statement: string): Promise<number> => {
    const { statementId } = readStatement(statement);
    signed[statementId] = name;
    await recordStatements(gateway, [statement]);
    return Number(at(await settled(gateway, statementId), 'verification.block'));
  };
  const standings = async (): Promise<Record<string, unknown>> => {
    const query = `{ trace(ucr: "${UCR}", first: 100) { edges { node {
      ... on Observation { statementId standing { word reachedBy witnesses { object statementId } } } } } } }`;
    const nodes = nodesOf(at(fine(await gateway.ask(query)), 'trace')) as readonly Observation[];
    const known = nodes.filter(({ statementId }) => statementId in signed);
    const wordOf = ({ standing: { word, reachedBy, witnesses } }: Observation) => [
      word,
      ...(reachedBy === null ? [] : [signed[reachedBy]]),
      ...witnesses.map((witness) => `${witness.object} by ${String(signed[witness.statementId])}`),
    ];
    return Object.fromEntries(
      known.map((node): [string, readonly unknown[]] => [signed[node.statementId] ?? '', wordOf(node)]),
    );
  };

  before(async () => {
    gateway = await (await TestGateway.open()).start();
    device = await prepared(gateway);
    const reader = new TestDevice();
    await register(port);
    await register(officer);
    const kind = 'ocr_camera';
    await elsewhere(port, 'RegisterDevice', { kind, proof: reader.proof({ owner: 'PORT', kind }) });

    const early = device.statement(UCR);
    const slow = device.statement(UCR);
    const late = device.statement(UCR, { eventTime: '2026-03-02T08:00:00Z' });
    const stolen = device.statement(UCR, { eventTime: '2026-03-01T09:00:00Z' });
    const filed = device.statement(UCR);
    since = (await record('late', late)) + 1;
    await record('slow', slow);
    await record('stolen', stolen);
    const witness = reader.statement(UCR, { epcList: [container] });
    signed[readStatement(witness).statementId] = 'witness';
    await elsewhere(port, 'RecordStatements', { statements: [witness] });
    const owner = { mspId: 'BusinessMSP', admin: false, partyId: 'CARRIER', role: 'carrier' };
    const claim = { kid: device.kid, compromisedSince: { block: since } };
    await elsewhere(owner, 'RevokeDevice', { ...claim, reason: 'stolen' });
    await elsewhere(owner, 'FileLateEvidence', { statements: [early, filed] });
    for (const [name, jws] of Object.entries({ early, filed })) {
      signed[readStatement(jws).statementId] = name;
    }
    await until(async () => 'filed' in (await standings()));
  });
  after(() => gateway.remove());

  it('is believed until customs confirms it, save for what was filed late', async () => {
    expect(await standings()).to.deep.equal({
      late: ['clean'],
      slow: ['clean'],
      stolen: ['clean'],
      witness: ['clean'],
      early: ['clean', 'slow'],
      filed: ['unproven'],
    });
  });

  it('is tainted back to the point that customs confirmed, save for what a clean statement reaches', async () => {
    await elsewhere(officer, 'ConfirmCompromise', { kid: device.kid, compromisedSince: { block: since } });
    const query = `{ device(kid: "${device.kid}") { compromise { confirmedAt } } }`;
    await until(async () => at(fine(await gateway.ask(query)), 'device.compromise.confirmedAt') !== null);
    expect(await standings()).to.deep.equal({
      late: ['clean'],
      slow: ['clean', 'late'],
      stolen: ['tainted', `${container} by witness`, `${UCR} by witness`],
      witness: ['clean'],
      early: ['clean', 'slow'],
      filed: ['unproven'],
    });
  });

  it('says by flags what speaks against each event', async () => {
    const query = `{ trace(ucr: "${UCR}", first: 100) { nodes { flags ... on Observation { statementId } } } }`;
    const nodes = listAt(fine(await gateway.ask(query)), 'trace.nodes') as readonly Members[];
    const flags = nodes.map(({ statementId, flags: all }) => [signed[String(statementId)] ?? 'act', all]);
    expect(Object.fromEntries(flags)).to.deep.equal({
      act: ['embedded'],
      late: ['embedded'],
      slow: ['embedded'],
      stolen: ['tainted', 'embedded'],
      witness: ['embedded'],
      early: ['embedded'],
      filed: ['unproven', 'embedded'],
    });
  });

  it('shows what follows as alerts, each with its way back to the cause', async () => {
    const query = `{ shipment(ucr: "${UCR}") { alerts { nodes {
      kind subject block position item path { what id } details } } } }`;
    const alerts = listAt(fine(await gateway.ask(query)), 'shipment.alerts.nodes');
    const kinds = alerts.map((alert) => at(alert, 'kind'));
    // The witness lifts both taints; what devices signed in March reached the ledger long after.
    expect(new Set(kinds)).to.deep.equal(new Set(['late_capture', 'reordered', 'unproven', 'clock_drift']));
    const unproven = alerts.find((alert) => at(alert, 'kind') === 'unproven');
    expect(at(unproven, 'path')).to.deep.equal([
      { what: 'object', id: at(unproven, 'subject') },
      { what: 'statement', id: Object.keys(signed).find((id) => signed[id] === 'filed') },
      { what: 'device', id: device.kid },
    ]);
  });
});
