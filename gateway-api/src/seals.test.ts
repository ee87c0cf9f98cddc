/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access -- a test reads the members it has just asked for */
import { expect } from 'chai';

import { fine, prepared, recordStatements, settled } from './testing/story.js';
import type { TestDevice } from './testing/test-device.js';
import { TestGateway, UCR, carrier } from './testing/test-gateway.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reads what it has just asked for
type Data = any;

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

  const act = async (name: string, input: object): Promise<Data> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { seal { seal status fitted { at by } } } }`;
    return fine(await gateway.ask(query, carrier, { input: { ...about, ...input } }))[name].seal;
  };

  const record = async (...events: Parameters<TestDevice['statement']>[1][]): Promise<Data> => {
    const statements = events.map((event) => device.statement(UCR, event));
    const { recordStatements: answer } = fine(await recordStatements(gateway, statements)) as {
      recordStatements: { accepted: { id: string }[]; refused: object[] };
    };
    for (const { id } of answer.accepted)
      expect(await settled(gateway, id)).to.include({ state: 'RECORDED' });
    return answer;
  };

  it('are fitted by a device and by a command, and prove that the unit stayed closed', async () => {
    const container = 'urn:epc:id:bic:CSQU3054383';
    const shared = { parentID: container, action: 'ADD', epcList: undefined };
    const packing = { ...shared, type: 'AggregationEvent', childEPCs: [`urn:passage:ucr:${UCR}`] };
    const sealing = { ...shared, type: 'AssociationEvent', childEPCs: ['urn:passage:seal:KR1'] };
    await record(packing, sealing);
    const second = await act('fitSeal', { requestId: 'f1', seal: 'KR2' });
    await act('removeSeal', { requestId: 'r1', seal: 'KR1', reason: 'damaged' });
    await act('checkSeal', { requestId: 'c1', seal: 'KR2', finding: 'intact' });
    const query = `query ($unit: TransportUnitId!, $from: DateTime!, $to: DateTime!) {
      seals(unit: $unit) { seal status checks { finding step { by } } fitted { kid } }
      sealContinuity(unit: $unit, from: $from, to: $to) {
        complete intervals { seals } fault { kind from event { kind seal by } }
      }
    }`;
    const ask = async (from: string, to: string): Promise<Data> =>
      fine(await gateway.ask(query, carrier, { unit, from, to }));
    const from = String(second.fitted.at);
    const { seals, sealContinuity } = await ask(from, '2100-01-01T00:00:00.000Z');
    expect(seals).to.deep.equal([
      { seal: 'KR1', status: 'removed', checks: [], fitted: { kid: device.kid } },
      {
        seal: 'KR2',
        status: 'fitted',
        checks: [{ finding: 'intact', step: { by: carrier.party } }],
        fitted: { kid: null },
      },
    ]);
    expect(sealContinuity).to.deep.include({ complete: true, fault: null });
    expect(sealContinuity.intervals).to.deep.include({ seals: ['KR2'] });

    await act('openSeal', { requestId: 'o1', seal: 'KR2', reason: 'inspection' });
    const broken = await ask(from, '2100-01-01T00:00:00.000Z');
    expect(broken.sealContinuity.complete).to.equal(false);
    expect(broken.sealContinuity.fault).to.deep.include({
      kind: 'opening',
      event: { kind: 'opened', seal: 'KR2', by: carrier.party },
    });
  });

  it('refuse at the door an act that nobody may do, with its place in the event', async () => {
    const container = { parentID: 'urn:epc:id:bic:MWCU6059784', type: 'AssociationEvent', action: 'ADD' };
    const sealing = { ...container, childEPCs: ['urn:passage:seal:KR7'], epcList: undefined };
    const { refused } = await record(sealing);
    expect(refused[0]).to.include({
      code: 'NOT_INSIDE',
      pointer: '/payload/bizTransactionList',
    });
  });
});
