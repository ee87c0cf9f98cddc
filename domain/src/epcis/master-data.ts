import { list, record, type Check, type Fields } from './check.js';
import { uri } from './values.js';

/** Master data has places for more than EPCIS names, with or without a prefix (EPCIS 2.0 JSON schema). */
function open(fields: Fields): Check {
  return record(fields, () => undefined);
}

const attribute = open({ required: { id: uri }, optional: {} });

const vocabularyElement = open({
  required: { id: uri },
  optional: { attributes: list(attribute, 0), children: list(uri, 0) },
});

/** One vocabulary of master data: places, parties or products with their attributes (EPCIS 2.0 section 9.6). */
export const vocabulary = open({
  required: { type: uri },
  optional: { vocabularyElementList: list(vocabularyElement, 0) },
});

/** Master data in the header of a document. */
export const masterData = open({ required: {}, optional: { vocabularyList: list(vocabulary, 0) } });
