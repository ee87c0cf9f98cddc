import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { needSharedData } from '@passage/testing';
import { expect } from 'chai';
import { lastSummary, passage } from './passage.js';

/** What the first rows of a declarations file must come to. */
interface Expected {
  readonly shipments: number;
  readonly statements: number;
  readonly traders: number;
}

/** Statements that devices make of one declaration, by its mode of transport (its column 8, the code of Korea Customs). */
const LOOKS: Readonly<Record<string, number>> = { '10': 8, '20': 8, '30': 7, '40': 8, '50': 7, '90': 8 };

/**
 * Counts the first rows by other means than the demo: cuts the text at the commas, no parser, no code of the demo.
 *
 * @param file a gzipped CSV of the Korean set
 */
function countRows(file: string, limit: number): Expected {
  const rows = gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .slice(1, limit + 1)
    .map((line) => line.split(','));
  return {
    shipments: rows.length,
    statements: rows.reduce((sum, row) => sum + (LOOKS[row[7] ?? ''] ?? Number.NaN), 0),
    traders: new Set(rows.flatMap((row) => [row[8], row[9], row[10]]).filter((code) => code !== '')).size,
  };
}

/** The demo over the first rows of the Korean validation set, on an embedded network of its own. */
export function describeValidationSet(limit: number): void {
  describe(`demo over the first ${limit} rows of the Korean validation set`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'passage-rows-'));

    after(async () => {
      await passage('network', 'down', '--dir', folder);
      rmSync(folder, { recursive: true, force: true });
    });

    it('records every one of them, and replays without a difference', async function () {
      const file = join(needSharedData(this, 'kcs-declarations'), 'df_syn_valid_eng.csv.gz');
      const choice = ['--declarations', file, '--limit', String(limit)];
      const place = ['--dir', folder, '--base-port', '21500'];
      const outcome = await passage('demo', '--embedded', '--once', '--json', ...place, ...choice);
      expect(outcome.code, outcome.stderr).to.equal(0);
      const summary = lastSummary(outcome);
      const expected = countRows(file, limit);
      expect(summary.shipments).to.equal(limit).and.to.equal(expected.shipments);
      expect(summary.statements.accepted).to.equal(expected.statements);
      expect(summary.parties).to.be.above(expected.traders);
      expect(summary.audit.differences).to.equal(0);
      expect(summary.audit.transactions).to.be.above(limit * 5 + expected.traders);
    });
  });
}
