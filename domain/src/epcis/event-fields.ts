import { pointerTo } from '../json/pointer.js';
import { isJsonArray, isJsonObject, type JsonValue } from '../json/value.js';
import { list, report, text, type Check, type Fields, type Scope } from './check.js';
import { context, extensible } from './extensions.js';
import { isUcrType, ucrOfTransaction } from './psg.js';
import { sensorElement } from './sensor.js';
import { dateTime, offset, quantity, unitOfMeasure, uri, wordOrUri } from './values.js';
import {
  bizSteps,
  businessTransactionTypes,
  dispositions,
  errorReasons,
  sourceDestinationTypes,
} from './vocabulary.js';

const nothing: Fields['optional'] = {};
const location = extensible({ required: { id: uri }, optional: nothing });
const disposition = wordOrUri(dispositions, 'CBV disposition');

const quantityElement = extensible({
  required: { epcClass: uri },
  optional: { quantity, uom: unitOfMeasure },
});

const transactionFields = extensible({
  required: { bizTransaction: uri },
  optional: { type: wordOrUri(businessTransactionTypes, 'CBV business transaction type') },
});

/** A business transaction; one that says it is a consignment has to name a UCR, or nobody would find it. */
const businessTransaction: Check = (value, pointer, scope) => {
  transactionFields(value, pointer, scope);
  if (!isJsonObject(value) || !isUcrType(value['type'])) return;
  if (ucrOfTransaction(value['type'], value['bizTransaction']) === undefined) {
    report(scope, pointerTo(pointer, 'bizTransaction'), 'VALUE', 'must be urn:passage:ucr: and a UCR');
  }
};

function party(role: 'source' | 'destination'): Check {
  return extensible({
    required: { type: wordOrUri(sourceDestinationTypes, `CBV ${role} type`), [role]: uri },
    optional: nothing,
  });
}

const persistentDisposition = extensible({
  required: nothing,
  optional: { set: list(disposition), unset: list(disposition) },
});

const errorDeclaration = extensible({
  required: { declarationTime: dateTime },
  optional: {
    reason: wordOrUri(errorReasons, 'CBV error reason'),
    correctiveEventIDs: list(uri, 0),
  },
});

function certificationInfo(value: JsonValue, pointer: string, scope: Scope): void {
  const check = isJsonArray(value) ? list(uri) : uri;
  check(value, pointer, scope);
}

/** What every observation has (EPCIS 2.0 section 7.4.1). */
const common = {
  required: {
    type: text('be an event type', () => true),
    eventTime: dateTime,
    eventTimeZoneOffset: offset,
    action: text('be OBSERVE', (value) => value === 'OBSERVE'),
  },
  optional: {
    '@context': context,
    recordTime: dateTime,
    eventID: uri,
    certificationInfo,
    errorDeclaration,
    bizStep: wordOrUri(bizSteps, 'CBV business step'),
    disposition,
    persistentDisposition,
    readPoint: location,
    bizLocation: location,
    bizTransactionList: list(businessTransaction),
    sourceList: list(party('source')),
    destinationList: list(party('destination')),
    sensorElementList: list(sensorElement),
  },
} satisfies Fields;

const containment = { childEPCs: list(uri, 0), childQuantityList: list(quantityElement, 0) };

/** The fields of each event type that can be an observation (EPCIS 2.0 sections 7.4.2, 7.4.3 and 7.4.6). */
export const observationChecks: ReadonlyMap<string, Check> = new Map([
  [
    'ObjectEvent',
    extensible({
      required: common.required,
      optional: { ...common.optional, epcList: list(uri, 0), quantityList: list(quantityElement, 0) },
    }),
  ],
  [
    'AggregationEvent',
    extensible({
      required: common.required,
      optional: { ...common.optional, ...containment, parentID: uri },
    }),
  ],
  [
    'AssociationEvent',
    extensible({
      required: { ...common.required, parentID: uri },
      optional: { ...common.optional, ...containment },
    }),
  ],
]);
