import { isJsonArray } from '../json/value.js';
import { list, oneOf, report, text, type Check } from './check.js';
import { eventChecks } from './event-fields.js';
import { anyText, boolean, dateTime, isDateTime, isUri, number, uri } from './values.js';
import { bizSteps, dispositions, errorReasons, measurementTypes } from './vocabulary.js';

const uris = list(uri, 0);
const numbers = list(number, 0);
const texts = list(anyText, 0);

const count: Check = (value, pointer, scope) => {
  if (!Number.isSafeInteger(value) || Number(value) < 1)
    report(scope, pointer, 'VALUE', 'must be an integer from 1');
};

/** The value of an `EXISTS_…`: the parameter stands for itself, so the value is null or an integer. */
const mark: Check = (value, pointer, scope) => {
  if (value !== null && !Number.isSafeInteger(value))
    report(scope, pointer, 'TYPE', 'must be null or an integer');
};

/** What an extension is compared with: a number or a time. */
const bound: Check = (value, pointer, scope) => {
  if (typeof value === 'number' || (typeof value === 'string' && isDateTime(value))) return;
  report(scope, pointer, 'VALUE', 'must be a number, or a date and time with an offset');
};

/** What an extension may be equal to: one of several texts, a number or a time. */
const equal: Check = (value, pointer, scope) => {
  const check = isJsonArray(value) ? texts : bound;
  check(value, pointer, scope);
};

/** Words as queries compare them: bare where they are of the standard's list, else a URI, in whatever spelling. */
function words(known: ReadonlySet<string>, what: string): Check {
  return list(
    text(`be a bare ${what} or a URI`, (value) => known.has(value) || isUri(value)),
    0,
  );
}

const dispositionWords = words(dispositions, 'CBV disposition');

function each(names: string, check: Check): readonly (readonly [string, Check])[] {
  return names.split(' ').map((name) => [name, check]);
}

/** The fixed parameters of SimpleEventQuery (EPCIS 2.0 section 8.2.7.1); the error declaration's time in both spellings. */
export const fixedParameters: ReadonlyMap<string, Check> = new Map([
  [
    'eventType',
    list(
      text('be an event type', (value) => eventChecks.has(value) || isUri(value)),
      0,
    ),
  ],
  ['EQ_action', list(oneOf('OBSERVE', 'ADD', 'DELETE'), 0)],
  ['EQ_booleanValue', boolean],
  ['orderBy', text('be eventTime, recordTime, or the URI of an extension', isOrder)],
  ['orderDirection', oneOf('ASC', 'DESC')],
  ...each('eventCountLimit maxEventCount', count),
  ...each('EXISTS_errorDeclaration EXISTS_sensorElementList', mark),
  ...each('GE_eventTime LT_eventTime GE_recordTime LT_recordTime', dateTime),
  ...each('GE_time LT_time GE_startTime LT_startTime GE_endTime LT_endTime', dateTime),
  ...each('GE_errorDeclaration_Time LT_errorDeclaration_Time', dateTime),
  ...each('GE_errorDeclarationTime LT_errorDeclarationTime', dateTime),
  ['EQ_bizStep', words(bizSteps, 'CBV business step')],
  ...each('EQ_disposition EQ_persistentDisposition_set EQ_persistentDisposition_unset', dispositionWords),
  ['EQ_errorReason', words(errorReasons, 'CBV error reason')],
  ['EQ_type', words(measurementTypes, 'measurement type')],
  ...each('EQ_readPoint WD_readPoint EQ_bizLocation WD_bizLocation EQ_transformationID', uris),
  ...each('MATCH_epc MATCH_parentID MATCH_inputEPC MATCH_outputEPC MATCH_anyEPC', uris),
  ...each('MATCH_epcClass MATCH_inputEPCClass MATCH_outputEPCClass MATCH_anyEPCClass', uris),
  ...each('EQ_eventID EQ_correctiveEventID', uris),
  ...each('EQ_deviceID EQ_dataProcessingMethod EQ_microorganism EQ_chemicalSubstance EQ_bizRules', uris),
  ...each('EQ_uriValue', uris),
  ...each('EQ_stringValue EQ_hexBinaryValue', texts),
  ...each('EQ_quantity', numbers),
  ...each('GT_quantity GE_quantity LT_quantity LE_quantity', number),
  ...each('GT_percRank GE_percRank LT_percRank LE_percRank', number),
]);

function isOrder(value: string): boolean {
  return value === 'eventTime' || value === 'recordTime' || isUri(value);
}

const WHERE =
  '(?:INNER_)?(?:ILMD_|ERROR_DECLARATION_|SENSORELEMENT_|SENSORMETADATA_|SENSORREPORT_|readPoint_|bizLocation_)?';
const NAME = '[A-Za-z][^\\s:]*:\\S+';

function family(pattern: string, check: Check): readonly [RegExp, Check] {
  return [new RegExp(`^${pattern}$`), check];
}

/**
 * The parameters whose names are built: from a type of business transaction or party, from a unit of measure, or from an
 * extension's name (a CURIE or URI) in some part of the event. The first that fits decides.
 */
export const parameterFamilies: readonly (readonly [RegExp, Check])[] = [
  family('EQ_(?:bizTransaction|source|destination)_\\S+', uris),
  family('EQ_(?:value|quantity)_[A-Z0-9]{2,4}', numbers),
  family(
    '(?:GT|GE|LT|LE)_(?:value|minValue|maxValue|meanValue|sDev|percValue|quantity)_[A-Z0-9]{2,4}',
    number,
  ),
  family(`EQ_ATTR_\\S+_\\S+`, equal),
  family(`EQ_${WHERE}${NAME}`, equal),
  family(`(?:GT|GE|LT|LE)_${WHERE}${NAME}`, bound),
  family(`EXISTS_${WHERE}${NAME}`, mark),
  family(`HASATTR_${NAME}`, texts),
];
