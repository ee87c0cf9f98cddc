import { isCountryCode, isHsCode, isPlace, isUcr, isUnLocode } from '../identifiers/index.js';
import { such } from '../shape/scalars.js';

/** The consignment's reference; the WCO's recommended shape. No slash: it is part of keys. */
export const ucr = such(
  isUcr,
  'a UCR: last digit of the year, country, trader, "-", reference; 35 characters at most',
);

/** A place: UN/LOCODE, GLN or coordinates. */
export const place = such(
  isPlace,
  'a place: a UN/LOCODE such as KRPUS, gln:<13 digits> with a correct check digit, or geo:<latitude>,<longitude>',
);

/** A place in UN/LOCODE (UNECE Recommendation 16). */
export const unLocode = such(isUnLocode, 'a UN/LOCODE such as KRPUS');

/** ISO 3166-1 alpha-2. */
export const country = such(isCountryCode, 'a country code of two capital letters');

/** A six-digit subheading of the Harmonized System. */
export const hsCode = such(isHsCode, 'a six-digit HS code');
