import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { encodeRecord } from '@passage/domain';
import { RwsetBuilder } from '@passage/ledger';
import { generateChain } from '@passage/ledger/generator';
import type { ChainKey, Kind } from '@passage/ledger/generator';
import { expect } from 'chai';

import { compareIndexes } from './compare-indexes.js';
import { openIndex, openSnapshot } from './index-database.js';
import { indexDigest } from './index-digest.js';
import { openIndexer } from './indexer.js';
import { LedgerVerifier } from './ledger-verifier.js';
import { IndexReader } from './reader.js';
import { placeOfIndex } from '../testing/test-index.js';

const UCR = '6KRX-1';
const at = '2026-01-01T00:00:00.000Z';
const placed = {
  by: 'OFFICER-7',
  role: 'customs_officer',
  at,
  legalBasis: 'art. 188',
  response: '5',
} as const;
const hold = encodeRecord({ v: 1, ucr: UCR, hold: 1, kind: 'hold', placed, partial: [] });
const standing = encodeRecord({
  v: 1,
  ucr: UCR,
  customs: 'CustomsMSP',
  holds: 1,
  inForce: [{ hold: 1, kind: 'hold', released: [] }],
  latest: { kind: 'goods_held', hold: 1, decision: placed },
});
const free = encodeRecord({ v: 1, ucr: UCR, customs: 'CustomsMSP', holds: 0, inForce: [] });

const by = { by: 'OFFICER-7', role: 'customs_officer', at } as const;
const risk = encodeRecord({
  v: 1,
  ucr: UCR,
  rules: { name: 'import', version: '1' },
  score: 0,
  contributions: [],
  number: 1,
  ...by,
});
const inspection = encodeRecord({
  v: 1,
  ucr: UCR,
  inspection: 1,
  kind: 'documents',
  to: 'PORT-1',
  deadline: at,
  ordered: placed,
  images: [],
  readings: [],
});
const acknowledged = encodeRecord({
  v: 1,
  ucr: UCR,
  inspection: 1,
  answer: 'acknowledged',
  by: 'PORT-1',
  at,
});

/** Keys that no rule writes: longer than any database takes into an index, and as random as they are long. */
const long = randomBytes(5_000).toString('hex');
const longKeys = [`party/${long}`, `request/${long}/1`, `hold/${UCR}${long}/1`, `seal/${long}/${long}`, long];
const party = encodeRecord({
  v: 1,
  partyId: 'LONG1',
  mspId: 'BusinessMSP',
  name: 'Long',
  roles: ['importer'],
  registeredAt: at,
});
const written = (value: Uint8Array) => Object.fromEntries(longKeys.map((key) => [key, value]));

/** A write set made by hand, as no chaincode makes it, and who endorses it. */
function byHand(by: readonly string[], writes: Readonly<Record<string, Uint8Array>>): Kind {
  return {
    name: 'by hand',
    draft: (draft) => {
      const { consortium, chaincode } = draft.context;
      const results = new RwsetBuilder();
      for (const [key, value] of Object.entries(writes)) results.addWrite(chaincode, key, value);
      const endorsers = consortium.organizations
        .filter(({ name }) => by.includes(name))
        .map(({ peer }) => peer);
      return { envelope: draft.transact('ReleaseHold', results, { endorsers }), code: 0 };
    },
  };
}

function nodeKey(): ChainKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    publicKeyInfo: publicKey.export({ format: 'der', type: 'spki' }),
    sign: (message) => sign('sha256', message, privateKey),
  };
}

describe('an index of a chain on which customs was forged', function () {
  this.timeout(60_000);
  let folder: string;
  let reader: IndexReader;
  let close: () => Promise<void>;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'passage-forged-'));
    const chain = generateChain({
      newKey: nodeKey,
      organizations: ['customs', 'port', 'business', 'auditor'],
      chaincode: 'passage',
      channel: 'passage',
      perBlock: 1,
      script: [
        byHand(['customs', 'port'], { [`customs/${UCR}`]: standing, [`hold/${UCR}/1`]: hold }),
        byHand(['port', 'business'], { [`customs/${UCR}`]: free, 'party/X': Buffer.from('{}') }),
        byHand(['port', 'business', 'auditor'], { 'aeo/TRADER1': Buffer.from('{}') }),
        byHand(['port', 'business'], { [`risk/${UCR}/shipment`]: risk, [`inspection/${UCR}/1`]: inspection }),
        byHand(['port', 'business'], { [`acknowledgement/${UCR}/1`]: acknowledged }),
        byHand(['customs', 'port'], written(party)),
        byHand(['port', 'business'], { ...written(hold), 'party/LONG1': party }),
      ],
    });
    const index = await openIndex(await placeOfIndex(folder));
    const trust = {
      format: 'passage-trust-1',
      network: 'fabric',
      channel: 'passage',
      genesisHash: chain.genesisHash,
    } as const;
    const blocks = [...chain.blocks()].map(({ bytes }) => bytes);
    const inFile = await openIndex(join(folder, 'other.sqlite'));
    for (const each of [index, inFile]) {
      const indexer = openIndexer(each, new LedgerVerifier(trust, 'passage', each.writer), 'passage');
      for (const bytes of blocks) await indexer.add(bytes);
    }
    await inFile.close();
    reader = new IndexReader(index.rows);
    close = () => index.close();
  });
  after(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('answers by what customs has said, whatever was written over it', async () => {
    expect(await reader.customs.standing(UCR)).to.deep.include({ status: 'held', block: 3 });
    expect(await reader.customs.hold(UCR, 1)).to.deep.include({ kind: 'hold', lifted: null });
    expect(await reader.parties.aeo('TRADER1')).to.equal(undefined);
    expect(await reader.risks.ofShipment(UCR).all()).to.deep.equal([]);
    expect(await reader.inspections.ofShipment(UCR).all()).to.deep.equal([]);
    const events = await reader.shipments.timeline(UCR).all();
    expect(events.map(({ kind, decision }) => [kind, decision])).to.deep.equal([
      ['customs_decision', 'goods_held'],
    ]);
  });

  it('takes the other side’s answer to an order of customs as what it is', async () => {
    expect(await reader.inspections.answer(UCR, 1)).to.deep.include({ answer: 'acknowledged', block: 7 });
  });

  it('goes on behind keys of any length, which give no rows, and has the digest that any database has', async () => {
    expect((await reader.chain.head())?.number).to.equal(9);
    expect(await reader.parties.party('LONG1')).to.deep.include({ block: 9, name: 'Long' });
    expect(await reader.parties.party(long)).to.equal(undefined);
    const [place, file] = [await placeOfIndex(folder), join(folder, 'other.sqlite')];
    expect(await indexDigest(place)).to.deep.equal(await indexDigest(file));
    const { differences } = await compareIndexes(await openSnapshot(place), await openSnapshot(file));
    expect(differences).to.deep.equal([]);
  });

  it('names each forged key with its transaction and those who endorsed it', async () => {
    const forgeries = await reader.customs.forgeries().all();
    expect(
      forgeries.map(({ block, key, endorsers }) => [block, key, JSON.parse(endorsers) as unknown]),
    ).to.deep.equal([
      [6, `risk/${UCR}/shipment`, ['PortMSP', 'BusinessMSP']],
      [6, `inspection/${UCR}/1`, ['PortMSP', 'BusinessMSP']],
      [5, 'aeo/TRADER1', ['PortMSP', 'BusinessMSP', 'AuditorMSP']],
      [4, `customs/${UCR}`, ['PortMSP', 'BusinessMSP']],
    ]);
  });
});
