import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { writeBundle } from '../bundle/index.js';
import { badBundles, Stories } from '../testing/bad-bundles.js';
import { asPrinted, brokenIn, schemaOf } from '../testing/json-schema.js';
import { BUNDLE_FAULTS, verifyBundle } from './index.js';

describe('bundles that somebody has tampered with', function () {
  this.timeout(60_000);
  const stories = new Stories();
  /** The ledger that the verifier trusts: the bundle's own, unless that is what is wrong. */
  const trusted = (fault: string, claimed: string): string =>
    fault === 'GENESIS_OTHER' ? stories.good.chain.genesisHash : claimed;

  for (const { name, fault, make } of badBundles) {
    it(`are found out: ${name}`, () => {
      const bundle = make(stories);
      const found = verifyBundle(writeBundle(bundle), {
        genesisHash: trusted(fault, bundle.genesisHash),
      });
      const { verdict, lines } = found;
      const faults = lines.flatMap((line) => (line.status === 'fails' ? [line.code] : []));
      expect(verdict).to.equal('differs');
      expect(faults[0]).to.equal(fault);
      expect(brokenIn(schemaOf('verdict-1'), asPrinted(found))).to.deep.equal([]);
    });
  }

  it('are listed in docs/evidence.md, each with its fault', () => {
    const page = readFileSync(new URL('../../../docs/evidence.md', import.meta.url), 'utf8');
    const section =
      page.split(/^## /m).find((text) => text.startsWith('Proof that it catches things\n')) ?? '';
    const rows = section.split('\n').filter((line) => line.startsWith('| ') && line.includes('`'));
    const cells = rows.map((row) =>
      row
        .split('|')
        .slice(1, 3)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
    expect(cells).to.deep.equal(badBundles.map(({ name, fault }) => [name, fault]));
  });

  it('show every fault that there is', () => {
    expect([...new Set(badBundles.map(({ fault }) => fault))].sort()).to.deep.equal(
      [...BUNDLE_FAULTS].sort(),
    );
  });
});
