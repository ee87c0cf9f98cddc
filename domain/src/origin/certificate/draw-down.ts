import { PassageError } from '../../errors/passage-error.js';
import type { LotRecord } from '../lot/lot-record.js';
import { exceeded, take } from '../stock.js';
import type { CertificateRecord } from './certificate-record.js';
import type { DrawdownRecord } from './drawdown-record.js';

/** What is to go with which consignment. */
export interface Shipping {
  readonly ucr: string;
  readonly quantity: number;
  readonly by: string;
  readonly at: string;
}

/**
 * Takes goods out of a lot for a consignment.
 *
 * @throws PassageError QUANTITY_EXCEEDED
 */
export function shipOf(
  lot: LotRecord,
  { ucr, quantity, by, at }: Shipping,
  certificate?: string,
): { readonly lot: LotRecord; readonly drawdown: DrawdownRecord } {
  const { stock, taken } = take(lot, quantity, lot.lot);
  const number = lot.shipped + 1;
  return {
    lot: { ...stock, shipped: number },
    drawdown: {
      v: 1,
      lot: lot.lot,
      number,
      ucr,
      quantity,
      shares: taken,
      by,
      at,
      ...(certificate !== undefined && { certificate }),
    },
  };
}

/**
 * The certificate after a quantity was drawn down.
 *
 * @throws PassageError CERTIFICATE_NOT_VALID, QUANTITY_EXCEEDED
 */
export function drawDown(
  certificate: CertificateRecord,
  { quantity, at }: Pick<Shipping, 'quantity' | 'at'>,
): CertificateRecord {
  const { certificate: id, status, validUntil, remaining } = certificate;
  const standing = status === 'valid' && validUntil <= at ? 'expired' : status;
  if (standing !== 'valid') {
    throw new PassageError('CERTIFICATE_NOT_VALID', `${id} is ${standing}`, {
      certificate: id,
      status: standing,
      validUntil,
    });
  }
  if (quantity > remaining) throw exceeded(id, remaining, quantity);
  return { ...certificate, remaining: remaining - quantity };
}
