import { deviceKinds } from '../device/device-kinds.js';
import { object } from '../shape/composites.js';
import { deviceKind, mspId } from '../shape/fields.js';
import { integer, line } from '../shape/scalars.js';
import { entries, measure, type Parameter } from './parameter.js';

/** A rule of origin that certificates may rest on. */
export type OriginRule = { readonly name: string; readonly version: string };

/** Rules by which risk may be assessed. */
export type RiskRules = { readonly name: string; readonly version: string };

/** How long a kind of device may say nothing. */
export type Silence = { readonly kind: string; readonly hours: number };

/** A year, where somebody says more than a rule can mean. */
const YEAR = 365;

/**
 * The closed list of what the organisations agree on. Each default is what holds on a ledger on which nobody has agreed on
 * anything. The upper limits of counts are those of the stored records: a record has room for no more.
 */
export const parameterTable = {
  batchLimit: measure('statements', [1, 100], 100, 'The most statements of one transaction.'),
  offerHours: measure(
    'hours',
    [1, YEAR * 24],
    72,
    'How long an offered handover or a release to a carrier stands where it says nothing else.',
  ),
  longestOfferDays: measure(
    'days',
    [1, YEAR],
    90,
    'The longest that an offered handover or a release to a carrier may stand.',
  ),
  holdsInForce: measure('holds', [1, 10], 10, 'The most holds on one consignment at a time.'),
  originsPerLot: measure('origins', [1, 20], 20, 'The most origins that a blend of lots may have.'),
  retentionDays: measure(
    'days',
    [1, 100 * YEAR],
    5 * YEAR,
    'How long an opening is its holder’s alone to purge; afterwards its purge is due.',
  ),
  deviceKinds: entries(
    'words',
    { entry: deviceKind, min: 1, max: 64 },
    deviceKinds,
    'The kinds of devices that may be registered; devices of other kinds that are registered stay.',
  ),
  originRules: entries<OriginRule>(
    'name and version',
    { entry: object<OriginRule>({ name: line(200), version: line(40) }, {}), max: 64 },
    [],
    'The rules of origin, each in a version, that new certificates may rest on; any, where the list is empty.',
  ),
  riskRules: entries<RiskRules>(
    'name and version',
    { entry: object<RiskRules>({ name: line(64), version: line(40) }, {}), max: 64 },
    [],
    'The rules by which risk may be assessed, each in a version; any, where the list is empty.',
  ),
  joinedOrganizations: entries(
    'MSP ids',
    { entry: mspId, max: 16 },
    [],
    'Organisations that joined after `Init` and have a say in parameters besides those of the role table.',
  ),
  witnessMetres: measure(
    'metres',
    [0, 100_000],
    2_000,
    'How near in place an independent witness has to be.',
  ),
  witnessMinutes: measure('minutes', [0, 10_080], 120, 'How near in time an independent witness has to be.'),
  gapHours: measure('hours', [0, YEAR * 24], 24, 'How long a missing statement may be on its way.'),
  lateHours: measure('hours', [0, YEAR * 24], 24, 'How long after the event a statement may be recorded.'),
  clockSeconds: measure('seconds', [0, 86_400], 300, 'How far a device’s clock may be off.'),
  silences: entries<Silence>(
    'kind and hours',
    { entry: object<Silence>({ kind: deviceKind, hours: integer(1, YEAR * 24) }, {}), max: 64 },
    [
      { kind: 'gps_eseal', hours: 48 },
      { kind: 'condition_sensor', hours: 48 },
    ],
    'How long a device of a kind may say nothing; a kind that is not named may be silent for ever.',
  ),
  samePlaceMetres: measure('metres', [0, 100_000], 2_000, 'Two places nearer than this are one place.'),
  topSpeed: measure('kilometres an hour', [1, 100_000], 1_000, 'Faster than this nothing moves.'),
  handoverHours: measure(
    'hours',
    [1, YEAR * 24],
    72,
    'How long an offered handover may wait for its answer before that is an alert.',
  ),
};

export type ParameterName = keyof typeof parameterTable;

type ValueOf<P> = P extends Parameter<infer T> ? T : never;

/** A value for each parameter. */
export type Parameters = { readonly [Name in ParameterName]: ValueOf<(typeof parameterTable)[Name]> };

export const parameterNames = Object.keys(parameterTable) as readonly ParameterName[];
