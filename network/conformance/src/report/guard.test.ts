import { existsSync, readFileSync } from 'node:fs';

import { expect } from 'chai';

import { REASONS, REPOSITORY } from './paths.js';
import { latestRecord } from './record.js';
import { sourceDigest } from './source-digest.js';

/** Why a change of the sources needs no new record. */
interface Reason {
  readonly sources: string;
  readonly reason: string;
  readonly date: string;
}

describe('the conformance record', () => {
  const record = latestRecord();
  const sources = sourceDigest(REPOSITORY);
  const reasons = existsSync(REASONS) ? (JSON.parse(readFileSync(REASONS, 'utf8')) as Reason[]) : [];

  it('shows no difference', () => {
    expect(record?.differences).to.deep.equal([]);
  });

  it('speaks of ledger/ and the networks as they are, or a reason says why it may be older', () => {
    const excused = reasons.some((one) => one.sources === sources && one.reason.trim() !== '');
    const advice =
      `ledger/ or a network changed since the last record: run npm run conformance where Fabric's programs are ` +
      `installed, or write a reason for ${sources} into docs/conformance/reasons.json`;
    expect(excused || record?.sources === sources, advice).to.equal(true);
  });
});
