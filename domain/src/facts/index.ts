export { carriersOf, type Carrier } from './carriers.js';
export type {
  ContentFact,
  EquivocationFact,
  HoldFact,
  KeyFact,
  LedgerNow,
  MadeIntoFact,
  OfferFact,
  PackagesFact,
  ReleaseFact,
  SealedFact,
  SealOpeningFact,
  StatementFact,
  WithinFact,
} from './facts.js';
export { comparePositions, isBefore, type LedgerPosition } from './ledger-position.js';
export { statementFact, type StatementOrigin } from './statement-fact.js';
export { consignmentsOf, epcName, subjectsOf, type Subjects } from './subjects.js';
export { whereaboutsOf, whereaboutsOfPlace, type Whereabouts } from './whereabouts.js';
