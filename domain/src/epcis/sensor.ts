import { list } from './check.js';
import { extensible } from './extensions.js';
import { anyText, boolean, dateTime, gs1WordOrUri, hexBytes, number, uri, wordOrUri } from './values.js';
import { measurementTypes, sensorComponents, sensorExceptions } from './vocabulary.js';

const origin = { deviceID: uri, deviceMetadata: uri, rawData: uri, dataProcessingMethod: uri, bizRules: uri };

const sensorMetadata = extensible({
  required: {},
  optional: { ...origin, time: dateTime, startTime: dateTime, endTime: dateTime },
});

const sensorReport = extensible({
  required: { type: gs1WordOrUri(measurementTypes, 'measurement type') },
  optional: {
    ...origin,
    exception: gs1WordOrUri(sensorExceptions, 'sensor exception'),
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
    uom: anyText,
  },
});

/** One entry of `sensorElementList` (EPCIS 2.0 section 7.3.7). A time after the event's is strange, and let in. */
export const sensorElement = extensible({
  required: { sensorReport: list(sensorReport) },
  optional: { sensorMetadata },
});
