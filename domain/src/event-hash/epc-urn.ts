import { gs1CheckDigit } from '../identifiers/gs1-key.js';
import { link } from './digital-link.js';

const SIGN = `(?:%[0-9A-Fa-f]{2}|[!'()*+,.0-9:;=A-Za-z_-])`;
const NUMBER = /^[0-9]*$/;
const PREFIX = /^[0-9]{6,12}$/;

/** Two to five parts of an EPC, the company prefix first; the parts of fixed form contain no dot. */
type Convert = (parts: readonly string[]) => string | undefined;

/** `prefix` and `reference` as one number of so many digits, or undefined where they are not. */
function number(prefix: string, reference: string, length: number): string | undefined {
  const whole = prefix + reference;
  return NUMBER.test(reference) && whole.length === length ? whole : undefined;
}

function withCheckDigit(digits: string): string {
  return digits + gs1CheckDigit(digits);
}

/** A key whose first digit stands before the company prefix: GTIN-14 (13 digits and check) and SSCC (17 and check). */
function indicatorKey(prefix: string, reference: string, length: number): string | undefined {
  const whole = number(prefix, reference, length);
  return whole && withCheckDigit(reference.charAt(0) + prefix + reference.slice(1));
}

/** A key that starts with the company prefix: GLN, GDTI, GCN (12 digits and check), GSRN (17), GSIN (16). */
function plainKey(prefix: string, reference: string, length: number): string | undefined {
  const whole = number(prefix, reference, length);
  return whole && withCheckDigit(whole);
}

/** A serial, lot or free reference of at most so many signs. */
function signs(max: number): (text: string | undefined) => string | undefined {
  const form = new RegExp(`^${SIGN}{1,${String(max)}}$`);
  return (text) => (text !== undefined && form.test(text) ? text : undefined);
}

/** A GTIN with a qualifier that every instance or batch has. */
function gtinWith(qualifier: string, max: number): Convert {
  const serial = signs(max);
  return ([prefix = '', item = '', rest]) => {
    const gtin = indicatorKey(prefix, item, 13);
    const value = serial(rest);
    return gtin && value && link('01', gtin, qualifier, value);
  };
}

/** A key of one number alone. */
function single(ai: string, length: number, make = plainKey): Convert {
  return ([prefix = '', reference = '']) => {
    const key = make(prefix, reference, length);
    return key && link(ai, key);
  };
}

/** A key of twelve digits, their check digit, and a serial behind it. `lead` fills a GRAI up to fourteen digits. */
function serialised(ai: string, lead: string, max: number): Convert {
  const serial = signs(max);
  return ([prefix = '', reference = '', rest]) => {
    const key = number(prefix, reference, 12);
    const value = serial(rest);
    return key && value && link(ai, withCheckDigit(lead + key) + value);
  };
}

/** The same without a serial: the class of all its instances. */
function classOf(ai: string, lead: string): Convert {
  return ([prefix = '', reference = '']) => {
    const key = number(prefix, reference, 12);
    return key && link(ai, withCheckDigit(lead + key));
  };
}

/** A company prefix and a reference of free form. */
function free(ai: string): Convert {
  const serial = signs(24);
  return ([prefix = '', reference]) => {
    const value = serial(reference);
    return value && link(ai, prefix + value);
  };
}

const twenty = signs(20);

function location([prefix = '', reference = '', extension]: readonly string[]): string | undefined {
  const gln = plainKey(prefix, reference, 12);
  const value = twenty(extension);
  if (!gln || !value) return undefined;
  return value === '0' ? link('414', gln) : link('414', gln, '254', value);
}

const COMPONENT = /^(?:%23|%2[dDfF]|[0-9A-Z-]){1,24}$/;

function component([prefix = '', reference = '', rest]: readonly string[]): string | undefined {
  if (!COMPONENT.test(reference)) return undefined;
  if (rest === undefined) return link('8010', prefix + reference);
  return /^[0-9]{1,12}$/.test(rest) ? link('8010', prefix + reference, '8011', rest) : undefined;
}

/** Pieces of a trade item: GTIN, number of the piece and count of pieces, two digits each. */
function pieces([prefix = '', item = '', piece = '', total = '', rest]: readonly string[]):
  string | undefined {
  const gtin = indicatorKey(prefix, item, 13);
  if (!gtin || !/^[0-9]{4}$/.test(piece + total) || piece.length !== 2) return undefined;
  if (rest === undefined) return link('8006', gtin + piece + total);
  const value = twenty(rest);
  return value && link('8006', gtin + piece + total, '21', value);
}

/** How many parts an EPC of a scheme has, and how it is written as a link (EPC Tag Data Standard section 6). */
const schemes: ReadonlyMap<string, readonly [number, Convert]> = new Map([
  ['id:sgtin', [3, gtinWith('21', 20)]],
  ['id:upui', [3, gtinWith('235', 28)]],
  ['class:lgtin', [3, gtinWith('10', 20)]],
  ['id:sscc', [2, single('00', 17, indicatorKey)]],
  ['id:sgln', [3, location]],
  ['id:pgln', [2, single('417', 12)]],
  ['id:grai', [3, serialised('8003', '0', 16)]],
  ['id:gdti', [3, serialised('253', '', 17)]],
  ['id:sgcn', [3, serialised('255', '', 12)]],
  ['id:giai', [2, free('8004')]],
  ['id:ginc', [2, free('401')]],
  ['id:gsin', [2, single('402', 16)]],
  ['id:gsrn', [2, single('8018', 17)]],
  ['id:gsrnp', [2, single('8017', 17)]],
  ['id:cpi', [3, component]],
  ['id:itip', [5, pieces]],
]);

/** The patterns that stand for all instances of a class: the last part is a star. */
const classes: ReadonlyMap<string, readonly [number, Convert]> = new Map([
  ['idpat:sgtin', [2, single('01', 13, indicatorKey)]],
  ['idpat:upui', [2, single('01', 13, indicatorKey)]],
  ['idpat:grai', [2, classOf('8003', '0')]],
  ['idpat:gdti', [2, classOf('253', '')]],
  ['idpat:sgcn', [2, classOf('255', '')]],
  ['idpat:cpi', [2, component]],
  ['idpat:itip', [4, pieces]],
]);

const URN = /^urn:epc:([a-z]+:[a-z]+):(.+)$/;
/** Longer than any EPC of a GS1 key: nothing beyond is looked at. */
const MAX_LENGTH = 256;

/** The canonical Digital Link of an EPC, EPC class or pattern of a GS1 key; undefined for any other URN. */
export function digitalLinkOfUrn(urn: string): string | undefined {
  if (urn.length > MAX_LENGTH) return undefined;
  const [, scheme = '', body = ''] = URN.exec(urn) ?? [];
  const ofClass = classes.get(scheme);
  if (ofClass !== undefined) return body.endsWith('.*') ? convert(body.slice(0, -2), ofClass) : undefined;
  const ofInstance = schemes.get(scheme);
  return ofInstance && convert(body, ofInstance);
}

function convert(body: string, [count, write]: readonly [number, Convert]): string | undefined {
  const parts = body.split('.');
  if (parts.length < count || !PREFIX.test(parts[0] ?? '')) return undefined;
  // Only a serial, the last part, may have dots of its own.
  return write([...parts.slice(0, count - 1), parts.slice(count - 1).join('.')]);
}
