import { all, distinctList, list, oneOf, record, text, type Check, type Fields } from './check.js';
import {
  businessTransaction,
  certificationInfo,
  disposition,
  errorDeclaration,
  location,
  party,
  persistentDisposition,
  quantityElement,
} from './event-parts.js';
import { context, extensible, extensionsOnly } from './extensions.js';
import { lotsOfTransformation } from './lot-transformation.js';
import { PSG_SIGNED_FOR, PSG_TRANSFORMATION } from './psg.js';
import { sensorElement } from './sensor.js';
import { dateTime, offset, uri, wordOrUri } from './values.js';
import { bizSteps } from './vocabulary.js';
import {
  childrenUnlessDeleted,
  ilmdWithAdd,
  inputAndOutput,
  objects,
  objectsUnlessDeleted,
  parent,
} from './what.js';

/** What every event has (EPCIS 2.0 section 7.4.1). */
const common = {
  required: { type: text('be an event type', () => true), eventTime: dateTime, eventTimeZoneOffset: offset },
  optional: { '@context': context, recordTime: dateTime, eventID: uri, certificationInfo, errorDeclaration },
} satisfies Fields;

/** What the five types share besides. */
const shared = {
  bizStep: wordOrUri(bizSteps, 'CBV business step'),
  disposition,
  persistentDisposition,
  readPoint: location,
  bizLocation: location,
  bizTransactionList: list(businessTransaction, 0),
  sourceList: list(party('source'), 0),
  destinationList: list(party('destination'), 0),
  sensorElementList: list(sensorElement, 0),
  [PSG_SIGNED_FOR]: uri,
} satisfies Fields['optional'];

const action = oneOf('OBSERVE', 'ADD', 'DELETE');
const epcs = distinctList(uri);
const quantities = list(quantityElement, 0);
const children = { childEPCs: list(uri, 0), childQuantityList: quantities };

function event(required: Fields['required'], optional: Fields['optional']): Check {
  return extensible({
    required: { ...common.required, ...required },
    optional: { ...common.optional, ...shared, ...optional },
  });
}

/** The fields of each event type, and the rules over them together (EPCIS 2.0 sections 7.4.2 to 7.4.6). */
export const eventChecks: ReadonlyMap<string, Check> = new Map([
  [
    'ObjectEvent',
    all(
      event({ action }, { epcList: epcs, quantityList: quantities, ilmd: extensionsOnly }),
      objects,
      ilmdWithAdd,
    ),
  ],
  ['AggregationEvent', all(event({ action }, { parentID: uri, ...children }), parent, childrenUnlessDeleted)],
  ['AssociationEvent', all(event({ action, parentID: uri }, children), childrenUnlessDeleted)],
  [
    'TransactionEvent',
    all(
      event(
        { action, bizTransactionList: list(businessTransaction) },
        // The JSON schema lets an EPC stand twice here, as among children, but not in an ObjectEvent.
        { parentID: uri, epcList: list(uri, 0), quantityList: quantities },
      ),
      objectsUnlessDeleted,
    ),
  ],
  [
    'TransformationEvent',
    all(
      event(
        {},
        {
          inputEPCList: epcs,
          inputQuantityList: quantities,
          outputEPCList: epcs,
          outputQuantityList: quantities,
          transformationID: uri,
          ilmd: extensionsOnly,
          // Judged by lotsOfTransformation, together with the quantities that it speaks of.
          [PSG_TRANSFORMATION]: () => undefined,
        },
      ),
      inputAndOutput,
      lotsOfTransformation,
    ),
  ],
]);

/** An event of somebody's own type (EPCIS 2.0 section 6.1): the common fields are judged, the rest is its owner's. */
export const extendedEvent: Check = record(common, () => undefined);
