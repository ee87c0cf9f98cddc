import './testing/quiet.js';
import { decodeContractError, keys } from '@passage/domain';
import { partyCaller, shipmentInput, TestDevice, testLedger, testUcr } from '@passage/domain/testing';
import { expect } from 'chai';
import type { Endorsement } from './testing/in-memory-ledger.js';
import { Stage } from './testing/stage.js';

const importer = partyCaller('IMPORTER1');
const broker = partyCaller('BROKER1');
const carrier = partyCaller('CARRIER1');
const terminal = partyCaller('TERMINAL1');

function keysOf(set: readonly { readonly key: string }[]): readonly string[] {
  return set.map(({ key }) => key);
}

function codeOf({ message, writes, event }: Endorsement): string | undefined {
  expect(writes).to.deep.equal([]);
  expect(event).to.equal(undefined);
  return decodeContractError(message)?.code;
}

async function withDevice(): Promise<{ readonly stage: Stage; readonly device: TestDevice }> {
  const stage = await Stage.started();
  const device = new TestDevice(testLedger);
  const proof = device.proof({ owner: 'CARRIER1', kind: 'gps_eseal' });
  await stage.given(carrier, 'RegisterDevice', { requestId: 'device', kind: 'gps_eseal', proof });
  return { stage, device };
}

describe("a device's life on the stub", () => {
  it('writes both keys of a rotation in one transaction', async () => {
    const { stage, device } = await withDevice();
    const next = new TestDevice(testLedger);
    const proof = next.proof({ owner: 'CARRIER1', kind: 'gps_eseal' });
    const rotation = device.rotationTo(next.kid);
    const { reads, writes } = await stage.when(carrier, 'RotateDevice', { requestId: 'r', proof, rotation });
    const devices = [keys.device(device.kid), keys.device(next.kid)].sort();
    expect(keysOf(writes)).to.deep.equal([...devices, 'request/CARRIER1/r']);
    expect(keysOf(reads)).to.deep.equal([...devices, 'ledger', 'party/CARRIER1', 'request/CARRIER1/r']);
  });

  it('keeps the proof of an equivocation and suspends the key in one transaction', async () => {
    const { stage, device } = await withDevice();
    const { kid } = device;
    const prev = (byte: number): string => `ni:///sha-256;${Buffer.alloc(32, byte).toString('base64url')}`;
    const statements = [1, 2].map((byte) => device.statement({ seq: 3, prev: prev(byte) }));
    const proof = { requestId: 'e', statements };
    const { reads, writes } = await stage.when(terminal, 'FileEquivocation', proof);
    const touched = [keys.device(kid), keys.equivocation(kid, 3)];
    expect(keysOf(writes)).to.deep.equal([...touched, 'request/TERMINAL1/e']);
    expect(keysOf(reads)).to.deep.equal([...touched, 'ledger', 'party/TERMINAL1', 'request/TERMINAL1/e']);
  });

  it('makes a suspension conflict with the statements that are under way, and refuses what follows', async () => {
    const { stage, device } = await withDevice();
    const batch = { statements: [device.next()] };
    const underWay = await stage.when(terminal, 'RecordStatements', batch);
    await stage.given(carrier, 'SuspendDevice', { requestId: 's', kid: device.kid, reason: 'x' });
    expect(stage.ledger.commit(underWay)).to.equal('MVCC_READ_CONFLICT');
    const again = await stage.when(terminal, 'RecordStatements', batch);
    expect(codeOf(again)).to.equal('BATCH_REFUSED');
    expect(again.message).to.contain('DEVICE_SUSPENDED');
  });

  it('reads one key for each statement of a full batch, and one for its device', async () => {
    const { stage, device } = await withDevice();
    const statements = Array.from({ length: 50 }, () => device.next());
    const { reads, writes } = await stage.when(terminal, 'RecordStatements', { statements });
    expect(writes).to.have.length(50);
    expect(reads).to.have.length(50 + 3);
  });
});

describe('an act by mandate on the stub', () => {
  const grant = {
    requestId: 'm1',
    mandatary: 'BROKER1',
    scope: ['OpenShipment'],
    until: '2026-06-01T00:00:00.000Z',
  };
  const opening = shipmentInput({ onBehalfOf: { party: 'IMPORTER1', mandate: 'm1' } });

  it("reads the mandate and both parties, and writes what the mandator's own act would", async () => {
    const stage = await Stage.started();
    await stage.given(importer, 'GrantMandate', grant);
    const { reads, writes } = await stage.when(broker, 'OpenShipment', opening);
    expect(keysOf(reads)).to.include.members([
      'mandate/IMPORTER1/BROKER1/m1',
      'party/BROKER1',
      'party/IMPORTER1',
      'request/BROKER1/open-1',
    ]);
    expect(keysOf(writes)).to.deep.equal([
      keys.custody(testUcr),
      keys.customs(testUcr),
      keys.guard('CustomsMSP'),
      'request/BROKER1/open-1',
      keys.shipment(testUcr),
    ]);
  });

  it('does not outrun a withdrawal that is committed first', async () => {
    const stage = await Stage.started();
    await stage.given(importer, 'GrantMandate', grant);
    const underWay = await stage.when(broker, 'OpenShipment', opening);
    await stage.given(importer, 'WithdrawMandate', { requestId: 'w', mandatary: 'BROKER1', mandate: 'm1' });
    expect(stage.ledger.commit(underWay)).to.equal('MVCC_READ_CONFLICT');
    expect(codeOf(await stage.when(broker, 'OpenShipment', opening))).to.equal('MANDATE_ENDED');
  });
});
