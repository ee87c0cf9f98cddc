import { expect } from 'chai';

import { at, textAt } from '../testing/read.js';
import type { Members } from '../testing/read.js';
import { act, fine, prepared, record, recordStatements } from '../testing/story.js';
import type { TestDevice } from '../testing/test-device.js';
import { TestGateway, UCR, carrier } from '../testing/test-gateway.js';

const unit = 'container:CSQU3054383';
const about = { unit, ucr: UCR };

describe('seals over GraphQL', () => {
  let gateway: TestGateway;
  let device: TestDevice;
  before(async () => {
    gateway = await (await TestGateway.open()).start();
    device = await prepared(gateway);
  });
  after(() => gateway.remove());

  const seal = (name: string, input: object): Promise<Members> =>
    act(gateway, carrier, name, { ...about, ...input }, 'seal { seal status fitted { at by } }');
  const statementOf = (event: Parameters<TestDevice['statement']>[1]): string => device.statement(UCR, event);

  it('are fitted by a device and by a command, and prove that the unit stayed closed', async () => {
    const container = 'urn:epc:id:bic:CSQU3054383';
    const shared = { parentID: container, action: 'ADD', epcList: undefined };
    const packing = { ...shared, type: 'AggregationEvent', childEPCs: [`urn:passage:ucr:${UCR}`] };
    const sealing = { ...shared, type: 'AssociationEvent', childEPCs: ['urn:passage:seal:KR1'] };
    await record(gateway, [statementOf(packing), statementOf(sealing)]);
    const second = await seal('fitSeal', { seal: 'KR2' });
    await seal('removeSeal', { seal: 'KR1', reason: 'damaged' });
    await seal('checkSeal', { seal: 'KR2', finding: 'intact' });
    const query = `query ($unit: TransportUnitId!, $from: DateTime!, $to: DateTime!) {
      seals(unit: $unit) { nodes { seal status checks { nodes { finding step { by } } } fitted { kid } } }
      sealContinuity(unit: $unit, from: $from, to: $to) {
        complete intervals { seals } fault { kind from event { kind seal by } }
      }
    }`;
    const ask = async (from: string, to: string): Promise<Members> =>
      fine(await gateway.ask(query, carrier, { unit, from, to }));
    const from = textAt(second, 'seal.fitted.at');
    const { seals, sealContinuity } = await ask(from, '2100-01-01T00:00:00.000Z');
    expect(at(seals, 'nodes')).to.deep.equal([
      { seal: 'KR1', status: 'removed', checks: { nodes: [] }, fitted: { kid: device.kid } },
      {
        seal: 'KR2',
        status: 'fitted',
        checks: { nodes: [{ finding: 'intact', step: { by: carrier.party } }] },
        fitted: { kid: null },
      },
    ]);
    expect(sealContinuity).to.deep.include({ complete: true, fault: null });
    expect(at(sealContinuity, 'intervals')).to.deep.include({ seals: ['KR2'] });

    await seal('openSeal', { seal: 'KR2', reason: 'inspection' });
    const broken = await ask(from, '2100-01-01T00:00:00.000Z');
    expect(at(broken, 'sealContinuity.complete')).to.equal(false);
    expect(at(broken, 'sealContinuity.fault')).to.deep.include({
      kind: 'opening',
      event: { kind: 'opened', seal: 'KR2', by: carrier.party },
    });
  });

  it('refuse at the door an act that nobody may do, with its place in the event', async () => {
    const container = { parentID: 'urn:epc:id:bic:MWCU6059784', type: 'AssociationEvent', action: 'ADD' };
    const sealing = { ...container, childEPCs: ['urn:passage:seal:KR7'], epcList: undefined };
    const taken = await recordStatements(gateway, [statementOf(sealing)]);
    expect(at(taken, 'refused.0')).to.include({
      code: 'NOT_INSIDE',
      pointer: '/payload/bizTransactionList',
    });
  });
});
