import { list, text } from './check.js';
import { extensible } from './extensions.js';
import {
  anyText,
  boolean,
  dateTime,
  hexBytes,
  isUri,
  number,
  unitOfMeasure,
  uri,
  wordOrUri,
} from './values.js';
import { sensorComponents, sensorExceptions } from './vocabulary.js';

const origin = { deviceID: uri, deviceMetadata: uri, rawData: uri, dataProcessingMethod: uri, bizRules: uri };

const sensorMetadata = extensible({
  required: {},
  optional: { ...origin, time: dateTime, startTime: dateTime, endTime: dateTime },
});

/** A GS1 measurement type as a bare word; the list of words belongs to GS1's web vocabulary and grows. */
const measurementType = text(
  'be a measurement type, or a URI',
  (value) => /^[A-Za-z][A-Za-z0-9]{0,63}$/.test(value) || isUri(value),
);

const sensorReport = extensible({
  required: { type: measurementType },
  optional: {
    ...origin,
    exception: wordOrUri(sensorExceptions, 'sensor exception'),
    time: dateTime,
    microorganism: uri,
    chemicalSubstance: uri,
    coordinateReferenceSystem: uri,
    component: wordOrUri(sensorComponents, 'sensor component'),
    value: number,
    stringValue: anyText,
    booleanValue: boolean,
    hexBinaryValue: hexBytes,
    uriValue: uri,
    minValue: number,
    maxValue: number,
    meanValue: number,
    sDev: number,
    percRank: number,
    percValue: number,
    uom: unitOfMeasure,
  },
});

/** One entry of `sensorElementList` (EPCIS 2.0 section 7.3.7). A time after the event's is strange, and let in. */
export const sensorElement = extensible({
  required: { sensorReport: list(sensorReport) },
  optional: { sensorMetadata },
});
