import { PassageError } from '../errors/passage-error.js';
import { list, object } from '../shape/composites.js';
import { integer } from '../shape/scalars.js';
import { country } from '../shipment/fields.js';
import { apportion } from './apportion.js';
import { quantity, unit, type Unit } from './unit.js';

/** Material of one origin in a quantity of goods: its material share, as a quantity. */
export type Share = { readonly origin: string; readonly quantity: number };

/** The same in a stock from which something is taken. */
export type StockShare = Share & { readonly remaining: number };

/** A quantity of goods whose material is known by origin. The shares add up: to `quantity`, and what remains to `remaining`. */
export type Stock = {
  readonly unit: Unit;
  /** How much there was at the beginning, in the smallest unit. */
  readonly quantity: number;
  readonly remaining: number;
  /** One for each origin, in the order of their codes. */
  readonly shares: readonly StockShare[];
};

/** The most origins that one lot carries. */
export const maxOrigins = 20;

const share = object<Share>({ origin: country, quantity }, {});
const stockShare = object<StockShare>({ origin: country, quantity, remaining: integer(0) }, {});

export const shares = list(share, { min: 1, max: maxOrigins });

export const stockFields = {
  unit,
  quantity,
  remaining: integer(0),
  shares: list(stockShare, { min: 1, max: maxOrigins }),
} as const;

/** A stock from which nothing was taken yet. */
export function fullStock(of: Unit, parts: readonly Share[]): Stock {
  const sorted = [...parts].sort((one, other) => (one.origin < other.origin ? -1 : 1));
  const total = parts.reduce((sum, part) => sum + part.quantity, 0);
  return {
    unit: of,
    quantity: total,
    remaining: total,
    shares: sorted.map((part) => ({ ...part, remaining: part.quantity })),
  };
}

/**
 * Takes a quantity out of a stock: of each origin in the proportion of what remains, by largest remainder, so that what is
 * taken and what remains add up to what was there, origin by origin.
 *
 * @param id what the stock is called, for the refusal.
 * @throws PassageError QUANTITY_EXCEEDED
 */
export function take<Of extends Stock>(
  stock: Of,
  asked: number,
  id: string,
): { readonly stock: Of; readonly taken: readonly Share[] } {
  const { remaining } = stock;
  if (asked > remaining) throw exceeded(id, remaining, asked);
  const weights = stock.shares.map((part) => ({ origin: part.origin, amount: BigInt(part.remaining) }));
  const parts = new Map(apportion(BigInt(asked), weights).map((part) => [part.origin, Number(part.amount)]));
  return {
    stock: {
      ...stock,
      remaining: remaining - asked,
      shares: stock.shares.map((part) => ({
        ...part,
        remaining: part.remaining - (parts.get(part.origin) ?? 0),
      })),
    },
    taken: [...parts].map(([origin, amount]) => ({ origin, quantity: amount })),
  };
}

/** More was asked for than there is. */
export function exceeded(id: string, remaining: number, asked: number): PassageError {
  const message = `${id} has ${String(remaining)} left, and ${String(asked)} are asked for`;
  return new PassageError('QUANTITY_EXCEEDED', message, { id, remaining, asked });
}
