import { expect } from 'chai';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { simulate } from '@passage/devices';
import { readStatement } from '@passage/domain';
import { needSharedData } from '@passage/testing';
import { collectParties, loadDeclarations } from '../declarations/index.js';
import { simpleCsv } from '../testing/simple-csv.js';
import { consignmentOf } from './consignment.js';

const options = { seed: 'passage demo', aud: '0'.repeat(64) };
const file = 'df_syn_valid_eng.csv.gz';

/** How many statements each mode's shipment brings: eight, but road one position less, post no unloading. */
const statementsPerRow: Readonly<Record<string, number>> = { 10: 8, 20: 8, 30: 7, 40: 8, 50: 7, 90: 8 };

describe('consignmentOf', () => {
  it('sends the goods from the main place of the country to the place of the office, among the parties there', async () => {
    const sample = fileURLToPath(new URL('../../data/sample-declarations.csv', import.meta.url));
    const [coffee] = (await loadDeclarations(sample, 1)).map(consignmentOf);
    const place = (code: string) => ({ operator: `TERMINAL-${code}`, code });
    expect({
      ...coffee,
      departure: { operator: coffee?.departure.operator, code: coffee?.departure.place.code },
      arrival: { operator: coffee?.arrival.operator, code: coffee?.arrival.place.code },
    }).to.deep.equal({
      ucr: '1KRIMPALFA-50000001',
      transportMode: '1',
      departure: place('VNSGN'),
      arrival: place('KRPUS'),
      carrier: 'CARRIER-SEA',
      customs: 'CUSTOMS-KRPUS',
      declaredOn: '2021-02-01',
    });
    expect(coffee?.arrival.place).to.include({ latitude: 35 + 8 / 60, longitude: 129.05 });
  });
});

describe('the first 500 real declarations, simulated', function () {
  this.timeout(60_000);

  it('bring as many statements, by mode and by shipment, as a count over the CSV says', async function () {
    const folder = needSharedData(this, 'kcs-declarations');
    const declarations = await loadDeclarations(join(folder, file), 500);
    const consignments = declarations.map(consignmentOf);
    const { statements, devices, openings } = simulate(consignments, options);

    const rows = simpleCsv(folder, file).slice(0, 500);
    const expected: Record<string, number> = {};
    for (const row of rows) {
      const mode = row['Mode of Transport'] ?? '';
      expected[mode] = (expected[mode] ?? 0) + (statementsPerRow[mode] ?? 0);
    }
    const modes = new Map(consignments.map(({ ucr, transportMode }) => [ucr, `${transportMode}0`]));
    const counted = Object.groupBy(statements, ({ ucr }) => modes.get(ucr) ?? 'unknown');
    expect(Object.fromEntries(Object.entries(counted).map(([mode, of]) => [mode, of?.length]))).to.deep.equal(
      expected,
    );
    expect(statements).to.have.lengthOf(3988);
    const ucrs = rows.map(
      (row) => `${row['Date']?.charAt(3)}KR${row['Importer ID']}-${row['Declaration ID']}`,
    );
    expect(new Set(statements.map(({ ucr }) => ucr))).to.deep.equal(new Set(ucrs));

    const payloads = statements.map(({ jws }) => JSON.stringify(readStatement(jws).payload)).join('\n');
    const containers = rows.filter((row) => !['40', '50'].includes(row['Mode of Transport'] ?? '')).length;
    expect(openings).to.have.lengthOf(2 * containers);
    expect(openings.filter(({ value }) => payloads.includes(value))).to.deep.equal([]);

    const parties = new Set(collectParties(declarations).map(({ partyId }) => partyId));
    const owners = devices.map(({ description }) => description.owner);
    expect(owners.filter((owner) => !parties.has(owner))).to.deep.equal([]);
  });

  it('happen around the day of the row', async function () {
    const folder = needSharedData(this, 'kcs-declarations');
    const declarations = await loadDeclarations(join(folder, file), 50);
    const { statements } = simulate(declarations.map(consignmentOf), options);
    for (const { id, date } of declarations) {
      const times = statements
        .filter(({ ucr }) => ucr.endsWith(`-${id}`))
        .map(({ time }) => time.slice(0, 10));
      expect(times[0]! < date && times.at(-1)! >= date, `${id} ${times.join(' ')}`).to.equal(true);
    }
  });
});
