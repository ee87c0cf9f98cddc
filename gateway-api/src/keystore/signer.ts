import { createPrivateKey, sign } from 'node:crypto';

import type { Signer } from '@hyperledger/fabric-gateway';

const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * A signer for fabric-gateway used with `hash.none`: ECDSA P-256 over SHA-256, DER, low S (Fabric refuses the other
 * half: bccsp/utils/ecdsa.go). node:crypto does it in 20 microseconds, twice as fast in DER as in r‖s; the client library's own
 * signer is pure JavaScript.
 */
export function lowSSigner(privateKeyPem: string): Signer {
  const key = createPrivateKey(privateKeyPem);
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new TypeError('the key of a Fabric identity must be on curve P-256');
  }
  return (message) => {
    const der = sign('sha256', message, key);
    const rLength = der[3] ?? 0;
    const s = integer(der.subarray(6 + rLength));
    return Promise.resolve(
      s <= P256_ORDER / 2n ? der : derSignature(integer(der.subarray(4, 4 + rLength)), P256_ORDER - s),
    );
  };
}

/** ASN.1 DER `SEQUENCE { INTEGER r, INTEGER s }` (RFC 3279, 2.2.3). */
function derSignature(r: bigint, s: bigint): Uint8Array {
  const body = Buffer.concat([derInteger(r), derInteger(s)]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

function integer(bigEndian: Buffer): bigint {
  return BigInt(`0x${bigEndian.toString('hex')}`);
}

function derInteger(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const positive = (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
  return Buffer.concat([Buffer.from([0x02, positive.length]), positive]);
}
