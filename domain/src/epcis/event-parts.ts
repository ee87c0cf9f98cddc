import { pointerTo } from '../json/pointer.js';
import { isJsonArray, isJsonObject, type JsonValue } from '../json/value.js';
import { all, distinctList, list, report, rule, text, type Check, type Fields, type Scope } from './check.js';
import { closed, extensible } from './extensions.js';
import { isUcrType, ucrOfTransaction } from './psg.js';
import { dateTime, isDateTime, number, unitOfMeasure, uri, wordOrUri } from './values.js';
import {
  businessTransactionTypes,
  dispositions,
  errorReasons,
  sourceDestinationTypes,
} from './vocabulary.js';

const nothing: Fields['optional'] = {};

/** A read point or business location. */
export const location = extensible({ required: { id: uri }, optional: nothing });

export const disposition = wordOrUri(dispositions, 'CBV disposition');

/**
 * What holds until it is taken back (EPCIS 2.0 JSON schema, `persistentDisposition`): something is set or unset, each word
 * once, and there is no place for extensions.
 */
export const persistentDisposition = all(
  closed({
    required: nothing,
    optional: { set: distinctList(disposition, 1), unset: distinctList(disposition, 1) },
  }),
  rule(({ set, unset }, pointer, scope) => {
    if (set === undefined && unset === undefined) report(scope, pointer, 'MISSING', 'needs set or unset');
  }),
);

/** EPCIS 2.0 section 7.3.3.3: a quantity is above zero, counts instances where it has no unit, and a unit needs one. */
const amount = rule(({ quantity, uom }, pointer, scope) => {
  if (quantity === undefined && uom !== undefined) {
    report(scope, pointerTo(pointer, 'quantity'), 'MISSING', 'is missing, although there is a unit');
  }
  if (typeof quantity !== 'number') return;
  const place = pointerTo(pointer, 'quantity');
  if (quantity <= 0) report(scope, place, 'VALUE', 'must be above zero');
  else if (uom === undefined && !Number.isInteger(quantity)) {
    report(scope, place, 'VALUE', 'must be a whole number where there is no unit');
  }
});

export const quantityElement = all(
  closed({ required: { epcClass: uri }, optional: { quantity: number, uom: unitOfMeasure } }),
  amount,
);

/** A business transaction; one that says it is a consignment has to name a UCR, or nobody would find it. */
export const businessTransaction = all(
  closed({
    required: { bizTransaction: uri },
    optional: { type: wordOrUri(businessTransactionTypes, 'CBV business transaction type') },
  }),
  rule(({ type, bizTransaction }, pointer, scope) => {
    if (!isUcrType(type) || ucrOfTransaction(type, bizTransaction) !== undefined) return;
    report(scope, pointerTo(pointer, 'bizTransaction'), 'VALUE', 'must be urn:passage:ucr: and a UCR');
  }),
);

/** An entry of `sourceList` or `destinationList`. */
export function party(role: 'source' | 'destination'): Check {
  return closed({
    required: { type: wordOrUri(sourceDestinationTypes, `CBV ${role} type`), [role]: uri },
    optional: nothing,
  });
}

export const errorDeclaration = extensible({
  required: { declarationTime: dateTime },
  optional: {
    reason: wordOrUri(errorReasons, 'CBV error reason'),
    correctiveEventIDs: list(uri, 0),
  },
});

const DETAILS = 'gs1:CertificationDetails';
const certificationDate = text(
  'be a date as in 2026-03-01, or a date and time with an offset',
  (value) => isDateTime(value) || isDateTime(`${value}T00:00:00Z`),
);
const someText = text('not be empty', (value) => value.trim() !== '');

/** A certificate spelt out (gs1:CertificationDetails of GS1's web vocabulary): its agency, and days that exist. */
const certificationDetails = extensible({
  required: {
    [DETAILS]: extensible({
      required: { 'gs1:certificationAgency': someText },
      optional: {
        'gs1:certificationAuditDate': certificationDate,
        'gs1:certificationStartDate': certificationDate,
        'gs1:certificationEndDate': certificationDate,
      },
    }),
  },
  optional: nothing,
});

/** The certificates of an event: addresses, one or a list; one that is spelt out in place is judged as such. */
export function certificationInfo(value: JsonValue, pointer: string, scope: Scope): void {
  const check = isJsonArray(value) ? list(certificate, 0) : certificate;
  check(value, pointer, scope);
}

const certificate: Check = (value, pointer, scope) => {
  const check = isJsonObject(value) ? certificationDetails : uri;
  check(value, pointer, scope);
};
