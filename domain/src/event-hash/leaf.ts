import {
  bizSteps,
  businessTransactionTypes,
  dispositions,
  measurementTypes,
  sensorComponents,
  sensorExceptions,
  sourceDestinationTypes,
} from '../epcis/vocabulary.js';
import { isJsonArray, isJsonObject, type JsonArray, type JsonObject, type JsonValue } from '../json/value.js';
import { canonicalGs1Uri } from './canonical-gs1-uri.js';
import { canonicalDecimal, canonicalTime, decimalOf } from './canonical-values.js';
import type { Names } from './names.js';

/** How a value that is neither list nor object stands in the pre-hash string; '' where there is nothing to say. */
export type Leaf = (value: Scalar, names: Names) => string;

export type Scalar = Exclude<JsonValue, JsonArray | JsonObject>;

export function isScalar(value: JsonValue | undefined): value is Scalar {
  return value !== undefined && !isJsonArray(value) && !isJsonObject(value);
}

/** How CBV 1 wrote its words, and how CBV 2.0 does. */
const OLD_WORDS: readonly (readonly [string, string])[] = [
  ['urn:epcglobal:cbv:bizstep:', 'https://ref.gs1.org/cbv/BizStep-'],
  ['urn:epcglobal:cbv:disp:', 'https://ref.gs1.org/cbv/Disp-'],
  ['urn:epcglobal:cbv:btt:', 'https://ref.gs1.org/cbv/BTT-'],
  ['urn:epcglobal:cbv:sdt:', 'https://ref.gs1.org/cbv/SDT-'],
  ['urn:epcglobal:cbv:er:', 'https://ref.gs1.org/cbv/ER-'],
];

function canonicalText(text: string): string {
  const [old = '', now = ''] = OLD_WORDS.find(([prefix]) => text.startsWith(prefix)) ?? [];
  const word = now + text.slice(old.length);
  return canonicalDecimal(word) ?? canonicalGs1Uri(word) ?? word;
}

/** A leaf that reads texts its own way; numbers and truth values are the same everywhere. */
function leaf(read: (text: string, names: Names) => string): Leaf {
  return (value, names) => {
    if (value === null) return '';
    if (typeof value === 'number') return decimalOf(value);
    return typeof value === 'boolean' ? String(value) : canonicalText(read(value.trim(), names));
  };
}

/** An id or somebody's own word: CURIEs are written out. */
export const id = leaf((text, names) => names.uri(text));

/** Free text: a decimal in it is written as a decimal, because XML knows no difference. */
export const plain = leaf((text, names) => names.text(text));

export const time: Leaf = (value, names) =>
  (typeof value === 'string' ? canonicalTime(value.trim()) : undefined) ?? plain(value, names);

/** A word that the EPCIS context expands where it stands bare. */
function word(words: ReadonlySet<string>, base: string): Leaf {
  return leaf((text, names) => (words.has(text) ? base + text : names.uri(text)));
}

const CBV = 'https://ref.gs1.org/cbv/';
const GS1 = 'https://gs1.org/voc/';

export const bizStep = word(bizSteps, `${CBV}BizStep-`);
export const disposition = word(dispositions, `${CBV}Disp-`);
export const transactionType = word(businessTransactionTypes, `${CBV}BTT-`);
export const partyType = word(sourceDestinationTypes, `${CBV}SDT-`);
export const component = word(sensorComponents, `${CBV}Comp-`);
export const measurement = word(measurementTypes, GS1);
export const exception = word(sensorExceptions, GS1);
