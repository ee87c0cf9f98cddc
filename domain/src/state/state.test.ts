import { expect } from 'chai';
import type { PartyRecord } from '../party/party-record.js';
import { testLedger, TestDevice, testUcr } from '../testing/index.js';
import { decodeRecord, encodeRecord, entry, NewerFormatError, StateFormatError } from './codec.js';
import { keys, parseKey, type StateKey } from './keys.js';
import { FetchedView, Overlay, UndeclaredReadError } from './world-view.js';

const party: PartyRecord = {
  v: 1,
  partyId: 'P1',
  mspId: 'BusinessMSP',
  name: 'Händler 1',
  roles: ['importer'],
  registeredAt: '2026-01-01T00:00:00.000Z',
};

function stored(text: string): Uint8Array {
  return Buffer.from(text);
}

describe('keys', () => {
  const kid = 'A'.repeat(43);
  const all: readonly [StateKey, string, readonly string[]][] = [
    [keys.ledger, 'ledger', []],
    [keys.party('P1'), 'party', ['P1']],
    [keys.device(kid), 'device', [kid]],
    [keys.shipment(testUcr), 'shipment', [testUcr]],
    [keys.custody(testUcr), 'custody', [testUcr]],
    [keys.handover(testUcr, 2), 'handover', [testUcr, '2']],
    [keys.statement(kid, 7), 'statement', [kid, '7']],
    [keys.request('admin:BusinessMSP', 'r-1'), 'request', ['admin:BusinessMSP', 'r-1']],
  ];

  it('start with their kind and give their ids back', () => {
    for (const [key, kind, ids] of all) expect(parseKey(key)).to.deep.equal({ kind, ids });
    const longest = 'P'.repeat(594);
    expect(parseKey(`party/${longest}`)).to.deep.equal({ kind: 'party', ids: [longest] });
  });

  it('are told from keys that nothing of ours makes', () => {
    for (const key of [
      '',
      'party',
      'party/',
      'party/a/b',
      'ledger/1',
      'toString',
      'other/1',
      'statement/1',
      `party/${'P'.repeat(595)}`,
    ]) {
      expect(parseKey(key), key).to.equal(undefined);
    }
  });
});

describe('encodeRecord and decodeRecord', () => {
  it('store canonical JSON and read it back', () => {
    const bytes = encodeRecord(party);
    expect(Buffer.from(bytes).toString()).to.equal(
      '{"mspId":"BusinessMSP","name":"Händler 1","partyId":"P1","registeredAt":"2026-01-01T00:00:00.000Z","roles":["importer"],"v":1}',
    );
    expect(decodeRecord(keys.party('P1'), bytes)).to.deep.equal(party);
  });

  it('refuse a format version of the future', () => {
    const text = JSON.stringify({ ...party, v: 2 });
    expect(() => decodeRecord(keys.party('P1'), stored(text))).to.throw(NewerFormatError, 'format version 2');
  });

  it('refuse a value that no rule of ours has written', () => {
    for (const text of [
      '',
      '[]',
      '{"v":1}',
      '{"v":1,"v":1}',
      JSON.stringify({ ...party, roles: ['king'] }),
    ]) {
      expect(() => decodeRecord(keys.party('P1'), stored(text)), text).to.throw(StateFormatError);
    }
  });

  it('refuse a device whose stored key is none', () => {
    const device = new TestDevice(testLedger);
    const record = { v: 1, kid: device.kid, jwk: { ...device.jwk, crv: 'P-384' } };
    expect(() => decodeRecord(keys.device(device.kid), stored(JSON.stringify(record)))).to.throw(
      StateFormatError,
    );
  });
});

describe('FetchedView', () => {
  it('reads nothing under an absent key and under an empty value', () => {
    const view = new FetchedView(
      new Map([
        [keys.party('P1'), undefined],
        [keys.party('P2'), new Uint8Array()],
      ]),
    );
    expect(view.get(keys.party('P1'))).to.equal(undefined);
    expect(view.get(keys.party('P2'))).to.equal(undefined);
  });

  it('stops a rule that reads a key it has not declared', () => {
    const view = new FetchedView(new Map([[keys.party('P1'), encodeRecord(party)]]));
    expect(() => view.get(keys.party('P2'))).to.throw(UndeclaredReadError, 'party/P2');
  });
});

describe('Overlay', () => {
  const below = new FetchedView(new Map([[keys.party('P1'), encodeRecord(party)]]));

  it('shows what was put over what was fetched, and leaves that as it is', () => {
    const overlay = new Overlay(below);
    expect(overlay.get(keys.party('P1'))).to.deep.equal(party);
    overlay.put(entry(keys.party('P1'), { ...party, name: 'new' }));
    expect(overlay.get(keys.party('P1'))?.name).to.equal('new');
    expect(below.get(keys.party('P1'))?.name).to.equal('Händler 1');
  });

  it('keeps the last record of each key', () => {
    const overlay = new Overlay(below);
    for (const name of ['first', 'last']) overlay.put(entry(keys.party('P1'), { ...party, name }));
    expect(overlay.entries()).to.deep.equal([{ key: 'party/P1', record: { ...party, name: 'last' } }]);
  });
});
