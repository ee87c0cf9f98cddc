import { expect } from 'chai';
import fc from 'fast-check';
import { channelConfigOf } from '../config/index.js';
import { LedgerError } from '../errors.js';
import { readCertificate, readRevocationList } from '../identity/index.js';
import { verifyBlockSignatures } from '../ordering/index.js';
import { revoke } from '../testing/certificates.js';
import { recordedChain } from '../testing/recorded-chain.js';
import { testCa } from '../testing/test-msp.js';
import { decodeBlockRecord, encodeBlockRecord, readBlock, readEnvelope } from './index.js';

/** The bytes with a few of them changed, and perhaps cut. */
function damaged(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }));
  return fc
    .tuple(fc.array(change, { minLength: 1, maxLength: 8 }), fc.option(fc.nat({ max: bytes.length })))
    .map(([changes, end]) => {
      const copy = Uint8Array.from(bytes).subarray(0, end ?? bytes.length);
      for (const [at, byte] of changes) if (at < copy.length) copy[at] = byte;
      return copy;
    });
}

/** Reads many damaged copies: whatever happens, it is an answer or a LedgerError. */
function survives(bytes: Uint8Array, read: (bytes: Uint8Array) => void, numRuns = 300): void {
  fc.assert(
    fc.property(damaged(bytes), (copy) => {
      try {
        read(copy);
      } catch (error) {
        expect(error).to.be.instanceOf(LedgerError);
      }
    }),
    { numRuns },
  );
}

describe('damaged bytes', function () {
  this.timeout(120_000);

  it('of blocks, records and envelopes are read or refused', function () {
    const { rawBlocks, blocks } = recordedChain(this);
    survives(rawBlocks[9]!, readBlock);
    survives(encodeBlockRecord(blocks[9]!), decodeBlockRecord);
    fc.assert(
      fc.property(damaged(blocks[9]!.envelopes[0]!), (copy) => {
        readEnvelope(copy);
      }),
    );
  });

  it('of a configuration and of signatures are read or refused', function () {
    const { genesis, rawBlocks, blocks } = recordedChain(this);
    const config = channelConfigOf(blocks[0]!);
    survives(genesis, (copy) => channelConfigOf(readBlock(copy)), 60);
    survives(rawBlocks[9]!, (copy) => verifyBlockSignatures(readBlock(copy), config));
  });

  it('of certificates and revocation lists are read or refused', () => {
    const ca = testCa();
    survives(ca.certificate.raw, readCertificate);
    survives(revoke(ca, [ca]), readRevocationList);
  });
});
