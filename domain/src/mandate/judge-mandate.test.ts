import { expect } from 'chai';
import { PassageError } from '../errors/passage-error.js';
import { checkMandate } from './judge-mandate.js';
import type { MandateRecord } from './mandate-record.js';

const mandate: MandateRecord = {
  v: 1,
  mandator: 'M',
  mandatary: 'B',
  mandate: 'm1',
  scope: ['OpenShipment'],
  ucrPrefix: '6KRM-2026',
  until: '2026-06-01T00:00:00.000Z',
  grantedAt: '2026-01-01T00:00:00.000Z',
};
const act = { command: 'OpenShipment', ucr: '6KRM-2026-1', at: '2026-06-01T00:00:00.000Z' };

/** The code of the refusal; undefined where the mandate covers the act. */
function refusal(record: Partial<MandateRecord>, changes: Partial<typeof act> = {}): string | undefined {
  try {
    checkMandate({ ...mandate, ...record }, { ...act, ...changes });
    return undefined;
  } catch (error) {
    if (error instanceof PassageError) return error.code;
    throw error;
  }
}

describe('checkMandate', () => {
  it('lets the act through up to the last moment, and not after it', () => {
    expect(refusal({})).to.equal(undefined);
    expect(refusal({}, { at: '2026-06-01T00:00:00.001Z' })).to.equal('MANDATE_ENDED');
  });

  it('refuses every act under a mandate that was withdrawn, however long it would have run', () => {
    expect(refusal({ withdrawnAt: '2026-02-01T00:00:00.000Z' })).to.equal('MANDATE_ENDED');
  });

  it('refuses another act, and another consignment than those whose UCR begins so', () => {
    expect(refusal({}, { command: 'OfferHandover' })).to.equal('MANDATE_SCOPE');
    expect(refusal({}, { ucr: '6KRM-2025-1' })).to.equal('MANDATE_SCOPE');
  });

  it('covers no act without a consignment where consignments are limited', () => {
    expect(() => {
      checkMandate(mandate, { command: act.command, at: act.at });
    }).to.throw(PassageError, 'begins with 6KRM-2026 alone');
  });
});
