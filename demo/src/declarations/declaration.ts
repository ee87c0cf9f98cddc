import type { HsEdition, TransportMode } from '@passage/domain';

/**
 * One import declaration, without what must not reach a ledger in clear: price, tax and mass are checked when a row is
 * read, and left behind there.
 */
export interface Declaration {
  readonly id: string;
  /** Day of the declaration, YYYY-MM-DD. */
  readonly date: string;
  /** Number of the customs office. */
  readonly office: string;
  readonly transportMode: TransportMode;
  /** Party ids. */
  readonly declarant: string;
  readonly importer: string;
  readonly seller?: string;
  readonly courier?: string;
  /** Six digits, and the edition of the Harmonized System they are from. */
  readonly hs: string;
  readonly hsEdition: HsEdition;
  /** ISO 3166-1 alpha-2. */
  readonly departure: string;
  readonly origin: string;
}
