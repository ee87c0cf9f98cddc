import { DerReader, DerTag, decodeUtf8, oidText } from '../codec/index.js';

/** Attribute types of a name (X.520) that Fabric looks at. */
export const NameOid = { COMMON_NAME: '2.5.4.3', ORGANIZATIONAL_UNIT: '2.5.4.11' } as const;

export interface NameAttribute {
  readonly oid: string;
  readonly value: string;
}

/**
 * The attributes of a distinguished name (RFC 5280 section 4.1.2.4) that are text, in their order.
 *
 * @throws LedgerError MALFORMED_CERTIFICATE
 */
export function readName(name: Uint8Array): NameAttribute[] {
  const attributes: NameAttribute[] = [];
  const sets = new DerReader(name).enter(DerTag.SEQUENCE);
  while (!sets.atEnd) {
    const set = sets.enter(DerTag.SET);
    while (!set.atEnd) {
      const pair = set.enter(DerTag.SEQUENCE);
      const oid = oidText(pair.expect(DerTag.OID).content);
      const { tag, content } = pair.next();
      const value = readText(tag, content);
      if (oid !== undefined && value !== undefined) attributes.push({ oid, value });
    }
  }
  return attributes;
}

const StringTag = { UTF8: 0x0c, NUMERIC: 0x12, PRINTABLE: 0x13, T61: 0x14, IA5: 0x16, BMP: 0x1e } as const;

const singleByte = new TextDecoder('latin1');
const doubleByte = new TextDecoder('utf-16be');

function readText(tag: number, content: Uint8Array): string | undefined {
  switch (tag) {
    case StringTag.UTF8:
    case StringTag.NUMERIC:
    case StringTag.PRINTABLE:
    case StringTag.IA5:
      return decodeUtf8(content);
    case StringTag.T61:
      return singleByte.decode(content);
    case StringTag.BMP:
      return doubleByte.decode(content);
    default:
      return undefined;
  }
}
