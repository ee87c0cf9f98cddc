import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import { at, listAt } from '../testing/read.js';
import { act, fine, prepared, record, registerCaller } from '../testing/story.js';
import type { TestDevice } from '../testing/test-device.js';
import { TestGateway, UCR, carrier } from '../testing/test-gateway.js';

const unit = 'container:CSQU3054383';
const container = 'urn:epc:id:bic:CSQU3054383';
const officer: Caller = {
  subject: 't',
  org: 'customs',
  party: 'OFFICER',
  role: 'customs_officer',
  admin: false,
};

/** What the acts of others say of what a device sees: holds, lawful releases and seals. */
describe('the alerts of goods that are held and of seals', () => {
  let gateway: TestGateway;
  let customs: TestGateway;
  let device: TestDevice;

  const kinds = async (): Promise<readonly unknown[]> => {
    const query = `{ shipment(ucr: "${UCR}") { alerts { nodes { kind subject path { what id } details } } } }`;
    return listAt(fine(await gateway.ask(query, carrier)), 'shipment.alerts.nodes').filter((alert) =>
      ['held_goods_moved', 'seal_opened'].includes(String(at(alert, 'kind'))),
    );
  };
  const see = async (event: Parameters<TestDevice['statement']>[1]): Promise<string> => {
    const eventTime = new Date().toISOString();
    const [id = ''] = await record(gateway, [device.statement(UCR, { eventTime, ...event })]);
    return id;
  };
  const seal = (name: string, seal: string): Promise<unknown> =>
    act(gateway, carrier, name, {
      unit,
      ucr: UCR,
      seal,
      ...(name === 'fitSeal' ? { type: 'BLT' } : { reason: 'looked inside' }),
    });

  before(async () => {
    gateway = await (await TestGateway.open()).start();
    device = await prepared(gateway);
    customs = await (await TestGateway.open({ ledger: gateway.ledger, org: 'customs' })).start();
    await registerCaller(customs, officer);
    const packing = { type: 'AggregationEvent', action: 'ADD', epcList: undefined };
    await see({ ...packing, parentID: container, childEPCs: [`urn:passage:ucr:${UCR}`] });
    await seal('fitSeal', 'KR1');
    await seal('fitSeal', 'KR2');
  });
  after(async () => {
    await customs.remove();
    await gateway.remove();
  });

  it('are none where nothing is held or opened', async () => {
    const eventTime = new Date(Date.now() - 60_000).toISOString();
    await see({ bizStep: 'departing', epcList: [container], eventTime });
    expect(await kinds()).to.deep.equal([]);
  });

  it('tell of held goods that were seen to leave, with the statement and the hold', async () => {
    await act(customs, officer, 'placeHold', { ucr: UCR, legalBasis: 'art. 188', response: '5' });
    const id = await see({ bizStep: 'departing', epcList: [container] });
    const alerts = await kinds();
    expect(alerts.map((alert) => at(alert, 'subject'))).to.have.members([UCR, container]);
    for (const alert of alerts) {
      expect(at(alert, 'kind')).to.equal('held_goods_moved');
      expect(listAt(alert, 'path').slice(1, 3)).to.deep.equal([
        { what: 'statement', id },
        { what: 'hold', id: `hold/${UCR}/1` },
      ]);
    }
    await act(customs, officer, 'releaseHold', { ucr: UCR, legalBasis: 'art. 194', response: '9', hold: 1 });
    await see({ bizStep: 'departing', epcList: [container] });
    expect(await kinds()).to.have.length(2);
  });

  it('tell of a seal that a party opened before the release, and of none that it opened after it', async () => {
    await seal('openSeal', 'KR1');
    const openings = async (): Promise<readonly unknown[]> =>
      (await kinds()).filter((alert) => at(alert, 'kind') === 'seal_opened');
    const [opening, ...others] = await openings();
    expect(others).to.deep.equal([]);
    expect(at(opening, 'details')).to.deep.equal({ seal: 'KR1' });
    expect(listAt(opening, 'path').map((step) => at(step, 'what'))).to.deep.equal([
      'object',
      'seal',
      'transaction',
    ]);
    await act(customs, officer, 'releaseGoods', { ucr: UCR, legalBasis: 'art. 194' });
    await seal('openSeal', 'KR2');
    expect(await openings()).to.have.length(1);
  });
});
