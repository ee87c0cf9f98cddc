import './testing/quiet.js';
import { createHash } from 'node:crypto';
import {
  adminCaller,
  partyCaller,
  shipmentInput,
  TestDevice,
  testLedger,
  testUcr,
} from '@passage/domain/testing';
import { canonicalJson, customsPolicy, decodeContractError, keys, type JsonObject } from '@passage/domain';
import { expect } from 'chai';
import { encodeKeyPolicy } from './key-policy.js';
import type { Endorsement } from './testing/in-memory-ledger.js';
import { Stage } from './testing/stage.js';

const importer = partyCaller('IMPORTER1');
const carrier = partyCaller('CARRIER1');
const terminal = partyCaller('TERMINAL1');
const auditor = { mspId: 'AuditorMSP', admin: false };

/** The write set as texts. */
function written({ writes }: Endorsement): Record<string, unknown> {
  return Object.fromEntries(
    writes.map(({ key, value }) => [key, value && JSON.parse(Buffer.from(value).toString())]),
  );
}

function readKeys({ reads }: Endorsement): readonly string[] {
  return reads.map(({ key }) => key);
}

/** Asserts that a transaction was refused with a code and has left no trace; gives its details. */
function expectRefusal(endorsement: Endorsement, code: string): JsonObject {
  expect(endorsement.status).to.equal(500);
  const error = decodeContractError(endorsement.message);
  expect(error?.code, endorsement.message).to.equal(code);
  expect(endorsement.writes).to.deep.equal([]);
  expect(endorsement.event).to.equal(undefined);
  return error?.details ?? {};
}

async function withDevice(): Promise<{ readonly stage: Stage; readonly device: TestDevice }> {
  const stage = await Stage.started();
  const device = new TestDevice(testLedger);
  const proof = device.proof({ owner: 'CARRIER1', kind: 'gps_eseal' });
  await stage.given(carrier, 'RegisterDevice', { requestId: 'device', kind: 'gps_eseal', proof });
  return { stage, device };
}

describe('PassageContract', () => {
  it('writes exactly what a command decides, in one transaction with its request', async () => {
    // given a ledger with its parties
    const stage = await Stage.started();
    // when the importer opens a shipment
    const endorsement = await stage.when(importer, 'OpenShipment', shipmentInput());
    // then shipment, custody and request are written, and the answer says so
    const { ucr, custodian, goods, origin, departure, transportMode, parties } = shipmentInput();
    const at = stage.now().toISOString();
    expect(written(endorsement)).to.deep.equal({
      [keys.custody(testUcr)]: { v: 1, ucr: testUcr, custodian, since: at, handovers: 0 },
      [keys.request('IMPORTER1', 'open-1')]: {
        v: 1,
        command: 'OpenShipment',
        digest: createHash('sha256').update(canonicalJson(shipmentInput())).digest('base64url'),
        result: { ucr: testUcr, custodian },
      },
      [keys.shipment(testUcr)]: {
        v: 1,
        ucr,
        opener: 'IMPORTER1',
        goods,
        origin,
        departure,
        transportMode,
        parties,
        customs: 'CustomsMSP',
        openedAt: at,
      },
      [keys.customs(testUcr)]: { v: 1, ucr: testUcr, customs: 'CustomsMSP', holds: 0, inForce: [] },
      [keys.guard('CustomsMSP')]: { v: 1 },
    });
    const policy = encodeKeyPolicy(customsPolicy('CustomsMSP'));
    expect(endorsement.policies).to.deep.equal([
      { key: keys.customs(testUcr), policy },
      { key: keys.shipment(testUcr), policy },
    ]);
    expect(JSON.parse(endorsement.payload)).to.deep.equal({
      duplicate: false,
      result: { ucr: testUcr, custodian },
    });
    expect(endorsement.event).to.deep.equal({ name: 'passage', payload: '{"command":"OpenShipment"}' });
  });

  it('reads exactly what the command has declared', async () => {
    const stage = await Stage.started();
    const endorsement = await stage.when(importer, 'OpenShipment', shipmentInput());
    expect(readKeys(endorsement)).to.deep.equal([
      `customs/${testUcr}`,
      'ledger',
      'party/BROKER1',
      'party/CARRIER1',
      'party/IMPORTER1',
      'party/SELLER1',
      'request/IMPORTER1/open-1',
      `shipment/${testUcr}`,
    ]);
  });

  it('moves custody through offer and acceptance', async () => {
    // given a shipment that the carrier has offered to the terminal
    const stage = await Stage.started();
    await stage.given(importer, 'OpenShipment', shipmentInput());
    const offer = { requestId: 'o', ucr: testUcr, to: 'TERMINAL1', place: 'KRPUS' };
    await stage.given(carrier, 'OfferHandover', offer);
    const offeredAt = stage.now().toISOString();
    // when the terminal accepts
    const endorsement = await stage.when(terminal, 'AcceptHandover', {
      requestId: 'a',
      ucr: testUcr,
      handover: 1,
    });
    // then it is the custodian, and the handover is closed
    const at = stage.now().toISOString();
    const {
      [`custody/${testUcr}`]: custody,
      [`handover/${testUcr}/1`]: handover,
      ...rest
    } = written(endorsement);
    expect(custody).to.deep.equal({ v: 1, ucr: testUcr, custodian: 'TERMINAL1', since: at, handovers: 1 });
    expect(handover).to.deep.equal({
      v: 1,
      ucr: testUcr,
      handover: 1,
      from: 'CARRIER1',
      to: 'TERMINAL1',
      place: 'KRPUS',
      status: 'accepted',
      offeredAt,
      expiresAt: '2026-01-04T00:00:09.000Z',
      closedAt: at,
    });
    expect(Object.keys(rest)).to.deep.equal(['request/TERMINAL1/a']);
  });

  it('records a batch with one read and one write for each statement', async () => {
    const { stage, device } = await withDevice();
    const statements = [device.next(), device.next(), device.next()];
    const endorsement = await stage.when(terminal, 'RecordStatements', { statements });
    const statementKeys = [1, 2, 3].map((seq) => keys.statement(device.kid, seq));
    expect(Object.keys(written(endorsement))).to.deep.equal(statementKeys);
    expect(readKeys(endorsement)).to.deep.equal([
      keys.device(device.kid),
      'ledger',
      'party/TERMINAL1',
      ...statementKeys,
    ]);
  });

  it('lets one of two gateways win that record the same statement at once, and the other find it known', async () => {
    const { stage, device } = await withDevice();
    const statements = [device.next()];
    const one = await stage.when(terminal, 'RecordStatements', { statements });
    const other = await stage.when(carrier, 'RecordStatements', { statements });
    expect(stage.ledger.commit(one)).to.equal('VALID');
    expect(stage.ledger.commit(other)).to.equal('MVCC_READ_CONFLICT');
    const again = await stage.when(carrier, 'RecordStatements', { statements });
    expect(again.writes).to.deep.equal([]);
    expect(again.event).to.equal(undefined);
    expect(again.payload).to.contain('"status":"duplicate"');
  });

  it('names every bad statement of a batch in its one line of error, and writes nothing', async () => {
    const { stage, device } = await withDevice();
    const statements = [device.next(), 'nonsense', new TestDevice(testLedger).next()];
    const endorsement = await stage.when(terminal, 'RecordStatements', { statements });
    const { refused } = expectRefusal(endorsement, 'BATCH_REFUSED');
    expect((refused as readonly JsonObject[]).map(({ index, code }) => [index, code])).to.deep.equal([
      [1, 'INVALID_STATEMENT'],
      [2, 'KEY_UNKNOWN'],
    ]);
  });

  it('writes nothing when it refuses, whoever asks for whatever', async () => {
    const stage = await Stage.started();
    await stage.given(importer, 'OpenShipment', shipmentInput());
    const other = shipmentInput({ requestId: 'other' });
    expectRefusal(await stage.when(importer, 'OpenShipment', other), 'SHIPMENT_EXISTS');
    expectRefusal(
      await stage.when(importer, 'OpenShipment', shipmentInput({ origin: 'KR' })),
      'IDEMPOTENCY_CONFLICT',
    );
    expectRefusal(await stage.when(carrier, 'OpenShipment', other), 'ROLE_NOT_HELD');
    expectRefusal(await stage.when(importer, 'RegisterParty', other), 'NOT_ADMIN');
    expectRefusal(await stage.when(adminCaller('PortMSP'), 'OpenShipment', other), 'NOT_A_PARTY');
    expectRefusal(await stage.when({ ...importer, mspId: 'PortMSP' }, 'OpenShipment', other), 'MSP_MISMATCH');
    expectRefusal(await stage.when(importer, 'OpenShipment', { ...other, ucr: 'x' }), 'INVALID_FIELD');
    expectRefusal(await stage.when(importer, 'GetParty', { partyId: 'NOBODY' }), 'PARTY_UNKNOWN');
  });

  it('refuses an argument that is not strict JSON in UTF-8', async () => {
    const stage = await Stage.started();
    expectRefusal(await stage.when(importer, 'OpenShipment', 'x'), 'INVALID_JSON');
    expectRefusal(await stage.when(auditor, 'GetParty', '{"partyId":"A","partyId":"B"}'), 'DUPLICATE_MEMBER');
    const replaced = Buffer.from('{"partyId":"A\ufffd"}');
    const broken = Buffer.concat([Buffer.from('{"partyId":"A'), Buffer.of(0xff), Buffer.from('"}')]);
    expectRefusal(await stage.when(auditor, 'GetParty', replaced), 'INVALID_FIELD');
    expectRefusal(await stage.when(auditor, 'GetParty', broken), 'INVALID_JSON');
  });

  it('refuses a transaction that it has not', async () => {
    const stage = await Stage.started();
    expectRefusal(await stage.when(importer, 'Steal', '{}'), 'TRANSACTION_UNKNOWN');
    expectRefusal(await stage.when(importer, 'passage:Steal', '{}'), 'TRANSACTION_UNKNOWN');
  });

  it('answers a query with the record as it is stored', async () => {
    const stage = await Stage.started();
    const { payload, writes, event } = await stage.when(auditor, 'GetParty', { partyId: 'CARRIER1' });
    expect(payload).to.equal(stage.ledger.value('party/CARRIER1'));
    expect(writes).to.deep.equal([]);
    expect(event).to.equal(undefined);
  });

  it('says of a record of a newer build that it is one', async () => {
    const stage = await Stage.started();
    stage.ledger.put('party/CARRIER1', Buffer.from('{"v":9}'));
    expectRefusal(await stage.when(auditor, 'GetParty', { partyId: 'CARRIER1' }), 'STATE_FORMAT_NEWER');
  });

  it('says INTERNAL, and no stack, where the state is not what it wrote', async () => {
    const stage = await Stage.started();
    stage.ledger.put('party/CARRIER1', Buffer.from('{"v":1}'));
    const logged = await silenced(() => stage.when(auditor, 'GetParty', { partyId: 'CARRIER1' }));
    expect(logged.result.status).to.equal(500);
    expect(logged.result.message).to.match(/^INTERNAL: the state under party\/CARRIER1 cannot be read: /);
    expect(logged.result.message).not.to.contain('\n');
    expect(logged.lines).to.have.length(1);
  });
});

/** Runs `act` with console.error caught. */
async function silenced<T>(
  act: () => Promise<T>,
): Promise<{ readonly result: T; readonly lines: readonly unknown[] }> {
  const original = console.error;
  const lines: unknown[] = [];
  console.error = (...words: unknown[]): void => void lines.push(words);
  try {
    return { result: await act(), lines };
  } finally {
    console.error = original;
  }
}
