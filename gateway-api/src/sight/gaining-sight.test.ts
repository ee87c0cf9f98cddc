import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import { at, listAt } from '../testing/read.js';
import { act, fine, prepared, record, recordStatements, registerCaller } from '../testing/story.js';
import { TestDevice } from '../testing/test-device.js';
import { TestGateway, UCR, carrier, importer } from '../testing/test-gateway.js';

const broker: Caller = { subject: 't', org: 'business', party: 'BROKER', role: 'broker', admin: false };
const port: Caller = { subject: 't', org: 'port', admin: false };
const terminal: Caller = { ...port, party: 'TERMINAL', role: 'terminal_operator' };

describe('sight of a consignment', () => {
  let gateway: TestGateway;
  let device: TestDevice;
  beforeEach(async () => {
    gateway = await (await TestGateway.open()).start();
    device = await prepared(gateway);
    await registerCaller(gateway, broker);
  });
  afterEach(() => gateway.remove());

  const trace = async (caller: Caller, door = gateway): Promise<unknown> => {
    const query = `{ trace(ucr: "${UCR}") { totalCount seenBy { nodes { kid } } edges { node { id } } } }`;
    return at(fine(await door.ask(query, caller)), 'trace');
  };

  it('comes with being named, and reaches back to the beginning', async () => {
    const recorded = await record(gateway, [device.statement(UCR)], carrier);
    expect(await trace(broker)).to.equal(null);
    await act(gateway, importer, 'nameParty', { ucr: UCR, partyId: 'BROKER', role: 'broker' });
    expect(await trace(broker)).to.deep.equal(await trace(importer));
    expect(JSON.stringify(await trace(broker))).to.contain(recorded[0]);
  });

  it('reaches a port when a device that stands in it has seen the goods', async () => {
    const { ledger } = gateway;
    const there = await (await TestGateway.open({ ledger, org: 'port' })).start();
    try {
      await registerCaller(there, terminal);
      expect(await trace(port, there)).to.equal(null);
      const gate = await standing(there, 'KRPUS');
      const travelling = await standing(there);
      await recordStatements(there, [travelling.statement(UCR)], terminal);
      await record(there, [gate.statement('6KRKRIMP01-0002')], terminal);
      expect(await trace(port, there)).to.equal(null);
      await recordStatements(there, [gate.statement(UCR)], terminal);
      while ((await trace(port, there)) === null) await new Promise((done) => setTimeout(done, 5));
      expect(at(await trace(port, there), 'totalCount')).to.equal(3);
      expect(await trace({ ...port, party: 'TERMINAL', role: 'carrier' }, there)).to.equal(null);
    } finally {
      await there.remove();
    }
  });

  it('is needed for a statement that waits, save by its sender', async () => {
    gateway.ledger.faults = { broadcast: () => 'before' };
    const [id = ''] = listAt(
      await recordStatements(gateway, [device.statement(UCR)], carrier),
      'accepted',
    ).map((one) => String(at(one, 'id')));
    const state = async (caller: Caller): Promise<unknown> =>
      at(fine(await gateway.ask(`{ statement(id: "${id}") { state } }`, caller)), 'statement');
    expect(await state(carrier)).to.deep.equal({ state: 'PENDING' });
    expect(await state({ subject: 't', org: 'business', admin: true })).to.deep.equal({ state: 'PENDING' });
    expect(await state(importer)).to.equal(null);
    expect(await state({ ...carrier, org: 'port' })).to.equal(null);
  });
});

async function standing(there: TestGateway, place?: string): Promise<TestDevice> {
  const device = new TestDevice();
  const described = { kind: 'plate_reader', ...(place !== undefined && { place }) };
  const proof = device.proof({ owner: 'TERMINAL', ...described });
  await act(there, terminal, 'registerDevice', { ...described, proof });
  return device;
}
