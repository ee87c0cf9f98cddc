import { expect } from 'chai';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import { statementId } from '../../statement/statement-id.js';
import {
  actEvent,
  observation,
  partyCaller,
  TestDevice,
  testLedger,
  testUcr,
  TestWorld,
} from '../../testing/index.js';
import type { BatchRefusal } from './statement-batch.js';

const carrier = partyCaller('CARRIER1');
const terminal = partyCaller('TERMINAL1');

function register(world: TestWorld, ...devices: readonly TestDevice[]): void {
  for (const device of devices) {
    const proof = device.proof({ owner: 'CARRIER1', kind: 'gps_eseal' });
    world.play(carrier, 'RegisterDevice', { requestId: device.kid, kind: 'gps_eseal', proof });
  }
}

function withDevice(): { readonly world: TestWorld; readonly device: TestDevice } {
  const world = TestWorld.started();
  const device = new TestDevice(testLedger);
  register(world, device);
  return { world, device };
}

function idOf(jws: string): string {
  return statementId(jws.slice(0, jws.lastIndexOf('.')));
}

function refused(world: TestWorld, statements: readonly string[]): readonly BatchRefusal[] {
  const refusal = world.refusal(terminal, 'RecordStatements', { statements });
  expect(refusal.code).to.equal('BATCH_REFUSED');
  return refusal.details['refused'] as unknown as readonly BatchRefusal[];
}

describe('RecordStatements', () => {
  it('records the hash of each statement under its key and number, whoever brings them', () => {
    const { world, device } = withDevice();
    const [first, second] = [device.next(), device.next()];
    const { writes, response } = world.play(terminal, 'RecordStatements', { statements: [second, first] });
    expect(writes).to.deep.equal([`statement/${device.kid}/1`, `statement/${device.kid}/2`]);
    expect(response).to.deep.equal({
      results: [second, first].map((jws, index) => ({
        statementId: idOf(jws),
        kid: device.kid,
        seq: 2 - index,
        status: 'accepted',
      })),
    });
    const id = idOf(first).slice('ni:///sha-256;'.length);
    expect(world.get(keys.statement(device.kid, 1))).to.deep.equal({ v: 1, id });
  });

  it('reads each device and each statement once, besides the registry', () => {
    const { world, device } = withDevice();
    const statements = [device.next(), device.next(), device.next()];
    const { reads } = world.play(terminal, 'RecordStatements', { statements });
    expect(reads).to.deep.equal([
      'ledger',
      'party/TERMINAL1',
      `device/${device.kid}`,
      ...[1, 2, 3].map((seq) => `statement/${device.kid}/${String(seq)}`),
    ]);
  });

  it('takes statements late and out of order: only the number must be unused', () => {
    const { world, device } = withDevice();
    world.play(terminal, 'RecordStatements', { statements: [device.statement({ seq: 900 })] });
    world.play(terminal, 'RecordStatements', { statements: [device.statement({ seq: 3 })] });
    expect(world.get(keys.statement(device.kid, 3))).to.be.an('object');
  });

  it('calls a known statement a duplicate and writes nothing for it', () => {
    const { world, device } = withDevice();
    const known = device.next();
    world.play(terminal, 'RecordStatements', { statements: [known] });
    const { writes, response } = world.play(carrier, 'RecordStatements', {
      statements: [known, device.next()],
    });
    expect(writes).to.deep.equal([`statement/${device.kid}/2`]);
    const statuses = (response['results'] as readonly JsonObject[]).map(({ status }) => status);
    expect(statuses).to.deep.equal(['duplicate', 'accepted']);
  });

  it('behaves as if the statements ran one after another: the same one twice is accepted, then known', () => {
    const { world, device } = withDevice();
    const jws = device.next();
    const { writes, response } = world.play(terminal, 'RecordStatements', { statements: [jws, jws] });
    expect(writes).to.have.length(1);
    const statuses = (response['results'] as readonly JsonObject[]).map(({ status }) => status);
    expect(statuses).to.deep.equal(['accepted', 'duplicate']);
  });

  it('takes a second signature over the same bytes for the same statement', () => {
    const { world, device } = withDevice();
    const [one, other] = [device.statement(), device.statement()];
    expect(one).not.to.equal(other);
    world.play(terminal, 'RecordStatements', { statements: [one] });
    const { response } = world.play(terminal, 'RecordStatements', { statements: [other] });
    expect(response['results']).to.have.nested.property('[0].status', 'duplicate');
  });

  it('refuses other bytes under a used number, in the ledger and in the batch', () => {
    const { world, device } = withDevice();
    const [one, other] = [
      device.statement(),
      device.statement({ payload: observation('urn:epc:id:bic:MWCU6059784') }),
    ];
    expect(refused(world, [one, other])).to.deep.include({
      index: 1,
      code: 'SEQUENCE_USED',
      pointer: '/header/seq',
      message: 'The key has signed other bytes under the number 1',
    });
    world.play(terminal, 'RecordStatements', { statements: [one] });
    expect(refused(world, [other])).to.have.nested.property('[0].code', 'SEQUENCE_USED');
  });

  it('names every bad statement at once, with index, code and pointer, and records none', () => {
    const { world, device } = withDevice();
    const stranger = new TestDevice(testLedger);
    const good = device.next();
    const [header, payload] = good.split('.');
    const [, , signature] = stranger.next().split('.');
    const act = actEvent({ type: 'ObjectEvent', action: 'ADD', epcList: ['urn:example:1'] }, testUcr);
    const { eventTime, ...timeless } = observation();
    expect(eventTime).to.be.a('string');
    const found = refused(world, [
      good,
      device.statement({ aud: 'cd'.repeat(32) }),
      stranger.next(),
      [header, payload, signature].join('.'),
      device.statement({ seq: 2, payload: act }),
      device.statement({ seq: 3, payload: timeless }),
      'no jws',
      stranger.statement({ kid: device.kid, seq: 4 }),
    ]);
    expect(found.map(({ index, code, pointer }) => [index, code, pointer])).to.deep.equal([
      [1, 'WRONG_LEDGER', '/header/aud'],
      [2, 'KEY_UNKNOWN', '/header/kid'],
      [3, 'SIGNATURE_INVALID', '/signature'],
      [4, 'SHIPMENT_UNKNOWN', '/payload/bizTransactionList'],
      [5, 'INVALID_FIELD', '/payload/eventTime'],
      [6, 'INVALID_STATEMENT', ''],
      [7, 'SIGNATURE_INVALID', '/signature'],
    ]);
    expect(world.get(keys.device(device.kid))).to.be.an('object');
    expect(() => world.get(keys.statement(device.kid, 1))).not.to.throw();
    expect(world.get(keys.statement(device.kid, 1))).to.equal(undefined);
  });

  it('points into a header that is not as it should be', () => {
    const { world, device } = withDevice();
    const [, payload, signature] = device.next().split('.');
    const header = { alg: 'ES256', typ: 'passage-statement-1+jws', kid: device.kid, aud: testLedger, seq: 0 };
    const jws = [Buffer.from(JSON.stringify(header)).toString('base64url'), payload, signature].join('.');
    expect(refused(world, [jws])).to.have.nested.property('[0].pointer', '/header/seq');
  });

  it('refuses new statements of a revoked key, and still knows its old ones', () => {
    const { world, device } = withDevice();
    const old = device.next();
    world.play(terminal, 'RecordStatements', { statements: [old] });
    world.play(carrier, 'RevokeDevice', { requestId: 'revoke', kid: device.kid, reason: 'stolen' });
    expect(refused(world, [device.next()])).to.have.nested.property('[0].code', 'DEVICE_REVOKED');
    const { writes, response } = world.play(terminal, 'RecordStatements', { statements: [old] });
    expect(writes).to.deep.equal([]);
    expect(response['results']).to.have.nested.property('[0].status', 'duplicate');
  });

  it('does not call a statement with a broken signature a duplicate', () => {
    const { world, device } = withDevice();
    const jws = device.next();
    world.play(terminal, 'RecordStatements', { statements: [jws] });
    const broken = `${jws.slice(0, jws.lastIndexOf('.'))}.${Buffer.alloc(64).toString('base64url')}`;
    expect(refused(world, [broken])).to.have.nested.property('[0].code', 'SIGNATURE_INVALID');
  });

  it('takes 1 to 100 statements', () => {
    const { world, device } = withDevice();
    const hundred = Array.from({ length: 100 }, () => device.next());
    expect(world.play(terminal, 'RecordStatements', { statements: hundred }).writes).to.have.length(100);
    for (const statements of [[], [...hundred, device.next()]]) {
      expect(world.refusal(terminal, 'RecordStatements', { statements }).code).to.equal('BATCH_SIZE');
    }
  });

  it('refuses an entry that is no text, with its place', () => {
    const refusal = TestWorld.started().refusal(terminal, 'RecordStatements', { statements: ['x', 5] });
    expect(refusal.code).to.equal('INVALID_FIELD');
    expect(refusal.details['violations']).to.have.nested.property('[0].pointer', '/statements/1');
  });

  it('is for registered parties', () => {
    const { world, device } = withDevice();
    const stranger = { ...terminal, partyId: 'NOBODY' };
    expect(world.refusal(stranger, 'RecordStatements', { statements: [device.next()] }).code).to.equal(
      'PARTY_UNKNOWN',
    );
  });
});
