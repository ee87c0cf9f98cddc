import { TxValidationCode } from '@passage/ledger';
import type { VerifiedBlock } from '@passage/ledger';
import { expect } from 'chai';
import { type Finding, FindingSeeker } from './findings.js';

const HOUR = 3600;
const END = 1_800_000_000;

/** A block of one transaction at a time, sent by one whose certificate ends at END, endorsed by one whose does not. */
function blockAt(
  seconds: number,
  writes: object[] = [],
  code: number = TxValidationCode.VALID,
): VerifiedBlock {
  const identities: Record<number, object> = {
    1: { mspId: 'CustomsMSP', certificate: { notAfter: END } },
    2: { mspId: 'PortMSP', certificate: { notAfter: END + 100 * HOUR } },
  };
  return {
    head: { config: { msps: { findIdentity: ([id = 0]: Uint8Array) => identities[id] } } },
    verdict: {
      transactions: [
        {
          index: 4,
          code,
          type: 3,
          timestamp: { seconds, nanos: 0 },
          creator: Uint8Array.of(1),
          transaction: { endorsements: [{ endorser: Uint8Array.of(2) }] },
          writes,
        },
      ],
    },
  } as unknown as VerifiedBlock;
}

describe('findings', () => {
  const seek = (...blocks: VerifiedBlock[]): readonly Finding[] => {
    const seeker = new FindingSeeker('passage');
    return blocks.flatMap((block, number) => seeker.take(number, block));
  };

  it('are none where every certificate is good', () => {
    expect(seek(blockAt(END))).to.deep.equal([]);
  });

  it('name who sent or endorsed with a certificate that was over', () => {
    expect(seek(blockAt(END + HOUR))).to.deep.equal([
      {
        block: 0,
        transaction: 4,
        kind: 'expired-certificate',
        what: 'the certificate of the sender of CustomsMSP ended at 2027-01-15T08:00:00.000Z, it was 2027-01-15T09:00:00.000Z',
      },
    ]);
    expect(seek(blockAt(END + 101 * HOUR))).to.have.length(2);
  });

  it("go by the ledger's time, which no client's clock turns back", () => {
    expect(seek(blockAt(END + HOUR), blockAt(END - HOUR)).map(({ block }) => block)).to.deep.equal([0, 1]);
  });

  it('leave invalid transactions alone', () => {
    expect(seek(blockAt(END + HOUR, [], TxValidationCode.MVCC_READ_CONFLICT))).to.deep.equal([]);
  });

  it('name a key of customs that carries no policy', () => {
    const key = 'customs/CONSIGNMENT';
    const write = { namespace: 'passage', key, value: Uint8Array.of(1), version: { block: 0, tx: 4 } };
    expect(seek(blockAt(END, [write, { ...write, namespace: 'other' }]))).to.deep.equal([
      { block: 0, transaction: 4, kind: 'open-customs-key', what: `${key} carries no policy` },
    ]);
  });
});
