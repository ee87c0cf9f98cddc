import { sign, type KeyObject } from 'node:crypto';

/** Order of the P-256 group (SEC 2, 2.4.2) and its half: Fabric accepts S only up to the half (F:bccsp/utils/ecdsa.go). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const HALF_ORDER = ORDER >> 1n;
const SCALAR_BYTES = 32;

/** ECDSA over SHA-256 with a P-256 key: DER `SEQUENCE { INTEGER r, INTEGER s }` with low S. */
export function signLowS(key: KeyObject, message: Uint8Array): Uint8Array {
  const signature = sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' });
  const r = scalar(signature.subarray(0, SCALAR_BYTES));
  const s = scalar(signature.subarray(SCALAR_BYTES));
  const content = Buffer.concat([derInteger(r), derInteger(s > HALF_ORDER ? ORDER - s : s)]);
  return Buffer.concat([Buffer.of(0x30, content.length), content]);
}

function scalar(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function derInteger(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const padding = (bytes[0] ?? 0) >= 0x80 ? [0] : [];
  return Buffer.from([0x02, bytes.length + padding.length, ...padding, ...bytes]);
}
