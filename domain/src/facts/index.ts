export type {
  HoldFact,
  KeyFact,
  LedgerNow,
  MadeIntoFact,
  OfferFact,
  ReleaseFact,
  SealOpeningFact,
  StatementFact,
  WithinFact,
} from './facts.js';
export { comparePositions, isBefore, type LedgerPosition } from './ledger-position.js';
export { statementFact, type StatementOrigin } from './statement-fact.js';
export { unlocodeIn, whereaboutsOf, type GeoPoint, type Whereabouts } from './whereabouts.js';
