import { list, type Check } from './check.js';
import { extensible } from './extensions.js';
import { uri } from './values.js';

/** Somebody's own values: numbers, texts, objects. */
const anything: Check = () => undefined;

const attribute = extensible({ required: { id: uri }, optional: { attribute: anything } });

const vocabularyElement = extensible({
  required: { id: uri },
  optional: { attributes: list(attribute, 0), children: list(uri, 0) },
});

/** One vocabulary of master data: places, parties or products with their attributes (EPCIS 2.0 section 9.6). */
export const vocabulary = extensible({
  required: { type: uri },
  optional: { vocabularyElementList: list(vocabularyElement, 0) },
});

/** Master data in the header of a document. */
export const masterData = extensible({ required: {}, optional: { vocabularyList: list(vocabulary, 0) } });
