/** The address under which every GS1 key has its canonical Digital Link (GS1 Digital Link URI Syntax section 4.12). */
const CANONICAL = 'https://id.gs1.org';

/** Signs that a Digital Link has to percent-encode and an EPC URN does not (Digital Link URI Syntax, table of section 4). */
const ENCODED: Readonly<Record<string, string>> = {
  '!': '%21',
  '(': '%28',
  ')': '%29',
  '*': '%2A',
  '+': '%2B',
  ',': '%2C',
  ':': '%3A',
};

/** A part of a key as it stands in a canonical link. What is percent-encoded already stays as it is. */
export function encodePart(part: string): string {
  return part.replace(/[!()*+,:]/g, (sign) => ENCODED[sign] ?? sign);
}

/** A canonical link: application identifiers and values, one after another; the values are encoded here. */
export function link(...parts: readonly string[]): string {
  return `${CANONICAL}/${parts.map(encodePart).join('/')}`;
}

const SIGN = `(?:%[0-9A-Fa-f]{2}|[!"'()*+,.0-9:;<=>A-Za-z_-])`;

function digits(count: string): RegExp {
  return new RegExp(`^[0-9]{${count}}$`);
}

/** A key that starts with so many digits and goes on with at most so many other signs. */
function mixed(count: string, max: number): RegExp {
  return new RegExp(`^[0-9]{${count}}${SIGN}{0,${String(max)}}$`);
}

interface PrimaryKey {
  readonly value: RegExp;
  /** The qualifiers that may follow. */
  readonly qualifiers: readonly string[];
}

function key(value: RegExp, ...qualifiers: readonly string[]): PrimaryKey {
  return { value, qualifiers };
}

/** The keys that the event hash normalises, by application identifier (GS1 General Specifications section 3.2). */
const primaryKeys: Readonly<Record<string, PrimaryKey>> = {
  '00': key(digits('18')),
  '01': key(/^(?:[0-9]{8}|[0-9]{12,14})$/, '22', '10', '21', '235'),
  '253': key(mixed('13', 17)),
  '255': key(digits('13,25')),
  '401': key(mixed('4', 26)),
  '402': key(digits('17')),
  '414': key(digits('13'), '254'),
  '417': key(digits('13')),
  '8003': key(mixed('14', 16)),
  '8004': key(mixed('4', 26)),
  '8006': key(digits('18'), '22', '10', '21'),
  '8010': key(mixed('4', 26), '8011'),
  '8017': key(digits('18')),
  '8018': key(digits('18')),
};

/** Finest first: what identifies an instance stands for the batch as well; a variant (22) never enters. */
const FINEST = ['21', '235', '10', '254', '8011'];

/** The names that older links write in place of application identifiers. */
const shortNames: Readonly<Record<string, string>> = {
  sscc: '00',
  gtin: '01',
  gdti: '253',
  gcn: '255',
  ginc: '401',
  gsin: '402',
  gln: '414',
  party: '417',
  grai: '8003',
  giai: '8004',
  itip: '8006',
  cpid: '8010',
  gsrnp: '8017',
  gsrn: '8018',
  cpv: '22',
  lot: '10',
  ser: '21',
};

const QUALIFIER_VALUE = new RegExp(`^${SIGN}{1,28}$`);
/** A key and at most three qualifiers, each with its value. */
const MAX_SEGMENTS = 8;
const WEB_ADDRESS = /^https?:\/\/[^/?#]+\/([^?#]*)/;

/** The canonical form of a Digital Link on any host, or undefined where the address is none. */
export function digitalLinkOfUri(uri: string): string | undefined {
  const path = WEB_ADDRESS.exec(uri)?.[1];
  if (path === undefined) return undefined;
  const segments = (path.endsWith('/') ? path.slice(0, -1) : path).split('/');
  for (let start = Math.max(0, segments.length - MAX_SEGMENTS); start < segments.length - 1; start += 1) {
    const found = readKey(segments.slice(start));
    if (found !== undefined) return found;
  }
  return undefined;
}

function identifier(segment: string | undefined): string {
  const text = segment ?? '';
  return Object.hasOwn(shortNames, text) ? (shortNames[text] ?? text) : text;
}

function readKey([name, value = '', ...rest]: readonly string[]): string | undefined {
  const ai = identifier(name);
  const primary = Object.hasOwn(primaryKeys, ai) ? primaryKeys[ai] : undefined;
  if (primary?.value.test(value) !== true) return undefined;
  const qualifiers = readQualifiers(rest, primary.qualifiers);
  if (qualifiers === undefined) return undefined;
  const full = ai === '01' ? value.padStart(14, '0') : value;
  const finest = FINEST.find((qualifier) => qualifiers.has(qualifier));
  return finest === undefined ? link(ai, full) : link(ai, full, finest, qualifiers.get(finest) ?? '');
}

/** Qualifiers and their values, or undefined where one is not allowed or stands there twice. */
function readQualifiers(
  segments: readonly string[],
  allowed: readonly string[],
): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>();
  for (let index = 0; index < segments.length; index += 2) {
    const ai = identifier(segments[index]);
    const value = segments[index + 1] ?? '';
    if (!allowed.includes(ai) || found.has(ai) || !QUALIFIER_VALUE.test(value)) return undefined;
    found.set(ai, value);
  }
  return found;
}
