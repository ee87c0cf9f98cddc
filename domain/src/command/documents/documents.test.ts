import { expect } from 'chai';
import fc from 'fast-check';
import { documentStanding } from '../../document/check-document.js';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import { partyCaller, shipmentInput, testUcr, TestWorld } from '../../testing/index.js';

const [importer, carrier, terminal, officer] = [
  partyCaller('IMPORTER1'),
  partyCaller('CARRIER1'),
  partyCaller('TERMINAL1'),
  partyCaller('OFFICER1'),
];
const id = 'CARRIER1:BL-7';
const [first, second] = ['1'.repeat(64), '2'.repeat(64)];
const billOfLading = {
  requestId: 'd1',
  document: id,
  type: '705',
  issuer: 'CARRIER1',
  number: 'BL/7',
  sha256: first,
};

/** A world in which the carrier has the goods of the test shipment. */
function opened(): TestWorld {
  const world = TestWorld.started();
  world.play(importer, 'OpenShipment', shipmentInput());
  return world;
}

function anchored(changes: JsonObject = {}): TestWorld {
  const world = opened();
  world.play(carrier, 'AnchorDocument', { ...billOfLading, ...changes });
  return world;
}

describe('AnchorDocument', () => {
  it('writes the document, its first version and the request', () => {
    const world = opened();
    const { writes, response } = world.play(carrier, 'AnchorDocument', { ...billOfLading, ucr: testUcr });
    expect(writes).to.deep.equal([`anchor/${id}/1`, `document/${id}`, 'request/CARRIER1/d1']);
    expect(response['result']).to.deep.equal({ document: id, version: 1 });
    const anchoredAt = world.now();
    expect(world.get(keys.anchor(id, 1))).to.deep.equal({
      v: 1,
      document: id,
      version: 1,
      sha256: first,
      anchoredAt,
    });
    expect(world.get(keys.document(id))).to.deep.equal({
      v: 1,
      document: id,
      type: '705',
      issuer: 'CARRIER1',
      number: 'BL/7',
      ucr: testUcr,
      version: 1,
      sha256: first,
      anchoredAt,
    });
  });

  it('takes ids of the party that acts alone, each once', () => {
    const world = anchored();
    expect(world.refusal(importer, 'AnchorDocument', billOfLading).code).to.equal('ID_NOT_YOURS');
    const again = { ...billOfLading, requestId: 'd2' };
    expect(world.refusal(carrier, 'AnchorDocument', again).code).to.equal('DOCUMENT_EXISTS');
  });

  it('ties a document to a consignment for those who have to do with it', () => {
    const world = opened();
    const of = (partyId: string, ucr = testUcr): JsonObject => ({
      ...billOfLading,
      document: `${partyId}:1`,
      ucr,
    });
    expect(world.refusal(terminal, 'AnchorDocument', of('TERMINAL1')).code).to.equal('NOT_NAMED');
    const elsewhere = of('IMPORTER1', '6KRIMPORTER1-NEVER');
    expect(world.refusal(importer, 'AnchorDocument', elsewhere).code).to.equal('SHIPMENT_UNKNOWN');
    for (const [caller, partyId] of [
      [importer, 'IMPORTER1'],
      [partyCaller('SELLER1'), 'SELLER1'],
      [carrier, 'CARRIER1'],
      [officer, 'OFFICER1'],
    ] as const) {
      expect(world.play(caller, 'AnchorDocument', of(partyId)).writes, partyId).to.have.length(3);
    }
    const naming = { requestId: 'n', ucr: testUcr, partyId: 'TERMINAL1', role: 'terminal_operator' };
    world.play(officer, 'NameParty', naming);
    expect(world.play(terminal, 'AnchorDocument', of('TERMINAL1')).writes).to.have.length(3);
  });

  it('refuses what is no type code, no hash, no id', () => {
    const world = opened();
    for (const changes of [
      { type: '7055' },
      { type: 'bl' },
      { sha256: first.toUpperCase().replace('1', 'A') },
      { sha256: '' },
      { document: 'CARRIER1' },
      { document: 'CARRIER1:a/b' },
      { number: '' },
      { issuer: ' x' },
    ]) {
      const refusal = world.refusal(carrier, 'AnchorDocument', { ...billOfLading, ...changes });
      expect(refusal.code, JSON.stringify(changes)).to.equal('INVALID_FIELD');
    }
  });
});

describe('ReviseDocument', () => {
  const revision = { requestId: 'v2', document: id, sha256: second };

  it('adds a version and leaves the one before as it was', () => {
    const world = anchored();
    const before = world.get(keys.anchor(id, 1));
    const { writes } = world.play(carrier, 'ReviseDocument', revision);
    expect(writes).to.deep.equal([`anchor/${id}/2`, `document/${id}`, 'request/CARRIER1/v2']);
    expect(world.get(keys.anchor(id, 1))).to.deep.equal(before);
    expect(world.get(keys.document(id))).to.include({ version: 2, sha256: second, number: 'BL/7' });
  });

  it('is for the party that anchored it, and for another file', () => {
    const world = anchored();
    expect(world.refusal(importer, 'ReviseDocument', revision).code).to.equal('ID_NOT_YOURS');
    const refusal = world.refusal(carrier, 'ReviseDocument', { ...revision, sha256: first });
    expect(refusal.code).to.equal('INVALID_FIELD');
    const unknown = { ...revision, document: 'CARRIER1:other' };
    expect(world.refusal(carrier, 'ReviseDocument', unknown).code).to.equal('DOCUMENT_UNKNOWN');
  });
});

describe('WithdrawDocument', () => {
  const withdrawal = { requestId: 'w', document: id, reason: 'issued twice' };

  it('marks the document and keeps its versions; nothing follows on it', () => {
    const world = anchored();
    const { writes } = world.play(carrier, 'WithdrawDocument', withdrawal);
    expect(writes).to.deep.equal([`document/${id}`, 'request/CARRIER1/w']);
    expect(world.get(keys.document(id))).to.include({ reason: 'issued twice', withdrawnAt: world.now() });
    expect(world.get(keys.anchor(id, 1))?.sha256).to.equal(first);
    for (const [name, input] of [
      ['WithdrawDocument', { ...withdrawal, requestId: 'w2' }],
      ['ReviseDocument', { requestId: 'v2', document: id, sha256: second }],
    ] as const) {
      expect(world.refusal(carrier, name, input).code).to.equal('DOCUMENT_WITHDRAWN');
    }
  });

  it('is for the party that anchored it', () => {
    expect(anchored().refusal(officer, 'WithdrawDocument', withdrawal).code).to.equal('ID_NOT_YOURS');
  });
});

describe('documentStanding', () => {
  it('is current for the newest version alone, and for none once the document is withdrawn', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (version, newest) => {
        const expected = version === newest ? 'current' : 'superseded';
        expect(documentStanding({ version }, { version: newest })).to.equal(expected);
        const withdrawn = { version: newest, withdrawnAt: '2026-01-01T00:00:00.000Z' };
        expect(documentStanding({ version }, withdrawn)).to.equal('withdrawn');
      }),
    );
  });
});
