import { serializeIdentity, verifyBlockSignatures } from '@passage/ledger';
import type { ChannelConfig, RawBlock } from '@passage/ledger';
import type { Finding } from './findings.js';

/**
 * Orderers who signed a block with a certificate that was over, which Fabric lets pass: it looks at expiry when they connect, not when
 * it judges their blocks.
 *
 * @param config in force before the block.
 * @param ledgerTime of the block, in seconds since 1970.
 */
export function expiredOrderers(
  block: RawBlock,
  config: ChannelConfig | undefined,
  ledgerTime: number,
): readonly Finding[] {
  const over = (config?.consenters ?? []).flatMap(({ id, mspId, identity }) => {
    const certificate = config?.msps.findIdentity(serializeIdentity(mspId, identity))?.certificate;
    return certificate !== undefined && certificate.notAfter < ledgerTime
      ? [{ id, mspId, end: certificate.notAfter }]
      : [];
  });
  // Signatures are looked at again only where there is somebody to look for.
  if (config === undefined || over.length === 0) return [];
  const { signers } = verifyBlockSignatures(block, config);
  return over
    .filter(({ id }) => signers.includes(id))
    .map(({ id, mspId, end }) => ({
      block: block.header.number,
      kind: 'expired-certificate',
      what: `the certificate of orderer ${String(id)} of ${mspId} ended at ${isoTime(end)}, it was ${isoTime(ledgerTime)}`,
    }));
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
