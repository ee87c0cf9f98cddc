import type { ChainTables } from './chain.js';
import type { ConsolidationTables } from './consolidations.js';
import type { CorrectionTables } from './corrections.js';
import type { CustomsTables } from './customs.js';
import type { DeclarationTables } from './declarations.js';
import type { DeviceTables } from './devices.js';
import type { DisputeTables } from './disputes.js';
import type { DocumentTables } from './documents.js';
import type { EventTables } from './events.js';
import type { HandoverTables } from './handovers.js';
import type { InspectionTables } from './inspections.js';
import type { LotTables } from './lots.js';
import type { OpeningTables } from './openings.js';
import type { ParameterTables } from './parameters.js';
import type { PartyTables } from './parties.js';
import type { RiskTables } from './risks.js';
import type { ShipmentTables } from './shipments.js';
import type { UnitTables } from './units.js';

export type * from './chain.js';
export type * from './consolidations.js';
export type * from './corrections.js';
export type * from './customs.js';
export type * from './declarations.js';
export type * from './devices.js';
export type * from './disputes.js';
export type * from './documents.js';
export type * from './events.js';
export type * from './handovers.js';
export type * from './inspections.js';
export type * from './lots.js';
export type * from './openings.js';
export type * from './parameters.js';
export type * from './parties.js';
export type * from './risks.js';
export type * from './row-origin.js';
export type * from './shipments.js';
export type * from './units.js';

/** The index: every table, by subject. */
export interface IndexDatabase
  extends
    ChainTables,
    PartyTables,
    DeviceTables,
    ShipmentTables,
    HandoverTables,
    UnitTables,
    ConsolidationTables,
    CorrectionTables,
    CustomsTables,
    DeclarationTables,
    RiskTables,
    InspectionTables,
    DisputeTables,
    DocumentTables,
    EventTables,
    LotTables,
    OpeningTables,
    ParameterTables {}
