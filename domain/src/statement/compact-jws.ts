import { decodeBase64url, encodeBase64url } from '../bytes/base64url.js';
import { utf8 } from '../bytes/bytes.js';
import { PassageError } from '../errors/passage-error.js';
import { canonicalJson } from '../json/canonical.js';
import { readJson } from '../json/read-json.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/value.js';
import { verifySignature, type VerifyingKey } from '../jwk/verifying-key.js';

/** The longest compact JWS that is read, in characters. */
export const MAX_JWS_LENGTH = 65_536;
const MAX_HEADER_BYTES = 1024;
const SIGNATURE_BYTES = 64;

/** The parts of a compact JWS (RFC 7515 section 3.1); the header is read strictly, the payload not at all. */
export interface CompactJws {
  readonly signingInput: string;
  readonly header: JsonObject;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * Reads a compact JWS whose signature has 64 bytes. Checks form alone.
 *
 * @throws PassageError INVALID_STATEMENT, TOO_LARGE, or a code of `readJson`.
 */
export function readCompactJws(text: string): CompactJws {
  if (text.length > MAX_JWS_LENGTH) {
    throw new PassageError('TOO_LARGE', `A signed statement has at most ${MAX_JWS_LENGTH} characters`, {
      limit: MAX_JWS_LENGTH,
    });
  }
  const [header, payload, signature, ...rest] = text.split('.', 4);
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) {
    throw new PassageError('INVALID_STATEMENT', 'A compact JWS has three parts with dots between them');
  }
  return {
    signingInput: `${header}.${payload}`,
    header: readJsonObject('protected header', decodePart('protected header', header), MAX_HEADER_BYTES),
    payload: decodePart('payload', payload),
    signature: readSignature(signature),
  };
}

/** The payload as strict JSON, which has to be an object. */
export function readJsonPayload({ payload }: CompactJws): JsonObject {
  return readJsonObject('payload', payload, MAX_JWS_LENGTH);
}

interface SignedParts {
  readonly header: { readonly alg?: unknown };
  readonly signingInput: string;
  readonly signature: Uint8Array;
}

/** Whether the key signed it, by the key's one algorithm; a header that claims another one is not believed. */
export function isSignedBy(jws: SignedParts, key: VerifyingKey): boolean {
  const { header, signingInput, signature } = jws;
  return header.alg === key.algorithm && verifySignature(key, utf8(signingInput), signature);
}

/** The signing input of RFC 7515 section 5.1: what the key signs. */
export function jwsSigningInput(header: JsonValue, payload: Uint8Array): string {
  return `${encodeBase64url(utf8(canonicalJson(header)))}.${encodeBase64url(payload)}`;
}

function readJsonObject(what: string, bytes: Uint8Array, maxBytes: number): JsonObject {
  const value = readJson(bytes, { what: `The ${what}`, maxBytes });
  if (isJsonObject(value)) return value;
  throw new PassageError('INVALID_STATEMENT', `The ${what} must be a JSON object`);
}

function readSignature(part: string): Uint8Array {
  const signature = decodePart('signature', part);
  if (signature.length === SIGNATURE_BYTES) return signature;
  throw new PassageError('INVALID_STATEMENT', `The signature must have ${SIGNATURE_BYTES} bytes`);
}

function decodePart(what: string, part: string): Uint8Array {
  const bytes = decodeBase64url(part);
  if (bytes !== undefined) return bytes;
  throw new PassageError('INVALID_STATEMENT', `The ${what} is not canonical base64url without padding`);
}
