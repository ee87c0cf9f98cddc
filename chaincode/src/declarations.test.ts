import './testing/quiet.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { keys, ucr, type JsonObject } from '@passage/domain';
import { adminCaller } from '@passage/domain/testing';
import { needSharedData } from '@passage/testing';
import { expect } from 'chai';
import { Stage } from './testing/stage.js';

const rowCount = 500;

/** What a shipment needs of one row; a missing seller is an empty text. */
interface Declaration {
  readonly ucr: string;
  readonly importer: string;
  readonly declarant: string;
  readonly seller: string;
  readonly facts: JsonObject;
}

/** The first rows of the validation file of import declarations. */
function declarations(folder: string): readonly Declaration[] {
  const csv = gunzipSync(readFileSync(join(folder, 'df_syn_valid_eng.csv.gz'))).toString();
  const [header = '', ...rows] = csv.trim().split('\n');
  const columns = header.split(',');
  return rows.slice(0, rowCount).map((row) => {
    const cells = row.split(',');
    return declaration((column) => cells[columns.indexOf(column)] ?? '');
  });
}

function declaration(cell: (column: string) => string): Declaration {
  const importer = cell('Importer ID');
  return {
    ucr: ucr({
      yearDigit: cell('Date').slice(3, 4),
      country: 'KR',
      trader: importer,
      reference: cell('Declaration ID'),
    }),
    importer,
    declarant: cell('Declarant ID'),
    seller: cell('Seller ID'),
    facts: {
      goods: [{ hs: cell('HS6 Code'), hsEdition: '2017' }],
      origin: cell('Country of Origin'),
      departure: cell('Country of Departure'),
      transportMode: cell('Mode of Transport').slice(0, 1),
    },
  };
}

describe('real import declarations', () => {
  it('are all opened as shipments, the odd ones too', async function () {
    this.timeout(60_000);
    const rows = declarations(needSharedData(this, 'kcs-declarations'));
    const stage = await Stage.started();
    const before = stage.ledger.keys().length;
    const parties = new Set<string>();
    const register = async (partyId: string, role: string): Promise<void> => {
      if (parties.has(partyId)) return;
      parties.add(partyId);
      const input = { requestId: `party-${partyId}`, partyId, name: partyId, roles: [role] };
      await stage.given(adminCaller('BusinessMSP'), 'RegisterParty', input);
    };
    for (const { ucr, importer, declarant, seller, facts } of rows) {
      await register(importer, 'importer');
      await register(declarant, 'broker');
      if (seller !== '') await register(seller, 'exporter');
      const caller = { mspId: 'BusinessMSP', admin: false, partyId: importer, role: 'importer' };
      await stage.given(caller, 'OpenShipment', {
        requestId: ucr,
        ucr,
        ...facts,
        parties: { importer, declarant, ...(seller !== '' && { seller }) },
        custodian: 'CARRIER1',
      });
    }
    // Two keys for each party, four for each shipment: counted here from the file alone.
    expect(stage.ledger.keys()).to.have.length(before + 2 * parties.size + 4 * rows.length);
    for (const { ucr } of rows) expect(stage.ledger.value(keys.custody(ucr))).to.contain('CARRIER1');
    expect(rows.some(({ seller }) => seller === '')).to.equal(true);
  });
});
