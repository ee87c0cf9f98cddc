import { expect } from 'chai';
import { PassageError } from '../errors/passage-error.js';
import { keys } from '../state/keys.js';
import { encodeRecord } from '../state/codec.js';
import {
  adminCaller,
  partyCaller,
  shipmentInput,
  TestDevice,
  testLedger,
  testUcr,
  TestWorld,
} from '../testing/index.js';
import type { Caller } from './caller.js';
import { commands, operations } from './commands.js';
import { queries } from './queries.js';
import { prepareTransaction } from './transaction.js';

const anyone: Caller = { mspId: 'AuditorMSP', admin: false };
const tx = { txId: 'tx', timestamp: '2026-01-01T00:00:00.000Z' };

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof PassageError) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('prepareTransaction', () => {
  it('refuses a transaction that the contract has not', () => {
    for (const name of ['', 'init', 'Delete', 'toString']) {
      expect(codeOf(() => prepareTransaction(name, '{}', anyone))).to.equal('TRANSACTION_UNKNOWN');
    }
  });

  it('refuses an argument that is not one strict JSON object', () => {
    const read = (argument: string | Uint8Array): string =>
      codeOf(() => prepareTransaction('GetLedger', argument, anyone));
    expect(read('')).to.equal('INVALID_JSON');
    expect(read('{} ')).to.equal('accepted');
    expect(read('{}{}')).to.equal('INVALID_JSON');
    expect(read(Uint8Array.of(0xff))).to.equal('INVALID_JSON');
    expect(read('{"a":1,"a":1}')).to.equal('DUPLICATE_MEMBER');
    expect(read('[]')).to.equal('INVALID_FIELD');
    expect(read('{"__proto__":{}}')).to.equal('INVALID_FIELD');
  });

  it('declares each key once and reads nothing else', () => {
    const prepared = prepareTransaction(
      'OpenShipment',
      JSON.stringify(shipmentInput()),
      partyCaller('IMPORTER1'),
    );
    expect(prepared.reads).to.deep.equal([
      'ledger',
      'party/IMPORTER1',
      'request/IMPORTER1/open-1',
      `shipment/${testUcr}`,
      `customs/${testUcr}`,
      'party/BROKER1',
      'party/SELLER1',
      'party/CARRIER1',
    ]);
  });

  it('ignores values that were not declared', () => {
    const prepared = prepareTransaction('GetLedger', '{}', anyone);
    const ledger = encodeRecord({ v: 1, ledger: testLedger, roles: {} });
    const values = new Map([
      ['ledger', ledger],
      ['party/X', Buffer.from('broken')],
    ]);
    expect(prepared.execute(values, tx)).to.deep.equal({
      writes: [],
      policies: [],
      privateWrites: [],
      purges: [],
      response: JSON.stringify({ ledger: testLedger, roles: {}, v: 1 }),
    });
  });

  it('gives the writes in the order of their keys', () => {
    const world = TestWorld.started();
    const { writes } = world.play(partyCaller('IMPORTER1'), 'OpenShipment', shipmentInput());
    expect(writes).to.deep.equal([...writes].sort());
  });
});

describe('queries', () => {
  const world = TestWorld.started();
  const device = new TestDevice(testLedger);
  const carrier = partyCaller('CARRIER1');
  world.play(carrier, 'RegisterDevice', {
    requestId: 'r',
    kind: 'drone',
    proof: device.proof({ owner: 'CARRIER1', kind: 'drone' }),
  });
  world.play(partyCaller('IMPORTER1'), 'OpenShipment', shipmentInput());
  world.play(carrier, 'RecordStatements', { statements: [device.next()] });

  const { kid } = device;
  for (const [name, input, key] of [
    ['GetLedger', {}, keys.ledger],
    ['GetParty', { partyId: 'CARRIER1' }, keys.party('CARRIER1')],
    ['GetDevice', { kid }, keys.device(kid)],
    ['GetShipment', { ucr: testUcr }, keys.shipment(testUcr)],
    ['GetCustody', { ucr: testUcr }, keys.custody(testUcr)],
    ['GetStatement', { kid, seq: 1 }, keys.statement(kid, 1)],
  ] as const) {
    it(`${name} gives the record to anyone and writes nothing`, () => {
      const { response, writes } = world.play(anyone, name, input);
      expect({ ...response }).to.deep.equal(world.get(key));
      expect(writes).to.deep.equal([]);
    });
  }

  for (const [name, input, code] of [
    ['GetLedger', {}, 'LEDGER_NOT_INITIALISED'],
    ['GetParty', { partyId: 'X' }, 'PARTY_UNKNOWN'],
    ['GetDevice', { kid }, 'DEVICE_UNKNOWN'],
    ['GetShipment', { ucr: testUcr }, 'SHIPMENT_UNKNOWN'],
    ['GetCustody', { ucr: testUcr }, 'SHIPMENT_UNKNOWN'],
    ['GetStatement', { kid, seq: 1 }, 'STATEMENT_UNKNOWN'],
  ] as const) {
    it(`${name} says ${code} where nothing is stored`, () => {
      expect(new TestWorld().refusal(adminCaller('PortMSP'), name, input).code).to.equal(code);
    });
  }
});

describe('the table of transactions', () => {
  it('has each name once', () => {
    const names = operations.map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
    expect(names).to.have.length(commands.length + queries.length);
  });

  it('lets queries write nothing', () => {
    for (const query of queries) expect(query.writes, query.name).to.deep.equal([]);
  });
});
