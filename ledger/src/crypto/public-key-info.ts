import { DerReader, DerTag, equalBytes, oidText } from '../codec/index.js';
import { recover } from '../errors.js';

/** Curves whose keys Fabric can check, by their NIST names. */
export type Curve = 'P-224' | 'P-256' | 'P-384' | 'P-521';

/** What a SubjectPublicKeyInfo holds. Whether a point lies on its curve is not looked at. */
export type PublicKeyInfo =
  | { readonly algorithm: 'ECDSA'; readonly curve: Curve; readonly point: Uint8Array }
  | { readonly algorithm: 'Ed25519'; readonly key: Uint8Array }
  /** Big-endian digits of both numbers, without leading zeros. */
  | { readonly algorithm: 'RSA'; readonly modulus: Uint8Array; readonly exponent: Uint8Array };

const CURVES: Readonly<Record<string, Curve>> = {
  '1.3.132.0.33': 'P-224',
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
};

const NULL = Uint8Array.of(0x05, 0x00);
const UNCOMPRESSED_POINT = 0x04;

/**
 * Reads a DER SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7) as Go's crypto/x509 does, which is stricter than OpenSSL: a curve
 * has its name, not its parameters; a point is not compressed; RSA's parameters are NULL and Ed25519 has none. Undefined
 * for anything else.
 */
export function readPublicKeyInfo(spki: Uint8Array): PublicKeyInfo | undefined {
  return recover(
    () => {
      const outer = new DerReader(spki);
      const fields = outer.enter(DerTag.SEQUENCE);
      outer.end();
      const identifier = fields.enter(DerTag.SEQUENCE);
      const oid = oidText(identifier.expect(DerTag.OID).content);
      const parameters = identifier.atEnd ? undefined : identifier.next();
      identifier.end();
      const key = fields.bitString();
      fields.end();
      switch (oid) {
        case '1.2.840.10045.2.1':
          return readPoint(parameters?.tag === DerTag.OID ? oidText(parameters.content) : undefined, key);
        case '1.3.101.112':
          return parameters === undefined && key.length === 32 ? { algorithm: 'Ed25519', key } : undefined;
        case '1.2.840.113549.1.1.1':
          return parameters && equalBytes(parameters.raw, NULL) ? readRsaKey(key) : undefined;
        default:
          return undefined;
      }
    },
    () => undefined,
  );
}

function readPoint(curveOid: string | undefined, point: Uint8Array): PublicKeyInfo | undefined {
  const curve = CURVES[curveOid ?? ''];
  return curve && point[0] === UNCOMPRESSED_POINT ? { algorithm: 'ECDSA', curve, point } : undefined;
}

/** RSAPublicKey (RFC 8017 appendix A.1.1). */
function readRsaKey(bytes: Uint8Array): PublicKeyInfo | undefined {
  const outer = new DerReader(bytes);
  const fields = outer.enter(DerTag.SEQUENCE);
  outer.end();
  const [modulus, exponent] = [fields.positive(), fields.positive()];
  fields.end();
  return modulus && exponent && { algorithm: 'RSA', modulus, exponent };
}
