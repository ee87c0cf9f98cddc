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

/** A part of a compact JWS, as refusals name it in `details.part`. */
type Part = 'header' | 'payload' | 'signature';

const names: Readonly<Record<Part, string>> = {
  header: 'The protected header',
  payload: 'The payload',
  signature: 'The signature',
};

/**
 * Reads a compact JWS whose signature has 64 bytes. Checks form alone.
 *
 * @throws PassageError INVALID_STATEMENT, TOO_LARGE, or a code of `readJson`; `details.part` says in which part.
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
    header: readJsonObject('header', decodePart('header', header), MAX_HEADER_BYTES),
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

function readJsonObject(part: Part, bytes: Uint8Array, maxBytes: number): JsonObject {
  const value = readJsonPart(part, bytes, maxBytes);
  return isJsonObject(value) ? value : refusePart(part, 'must be a JSON object');
}

/** The JSON reader knows where in its text it was; which text that was is added here. */
function readJsonPart(part: Part, bytes: Uint8Array, maxBytes: number): JsonValue {
  try {
    return readJson(bytes, { what: names[part], maxBytes });
  } catch (error) {
    if (!(error instanceof PassageError)) throw error;
    throw new PassageError(error.code, error.message, { ...error.details, part });
  }
}

function readSignature(text: string): Uint8Array {
  const signature = decodePart('signature', text);
  if (signature.length === SIGNATURE_BYTES) return signature;
  return refusePart('signature', `must have ${SIGNATURE_BYTES} bytes`);
}

function decodePart(part: Part, text: string): Uint8Array {
  return decodeBase64url(text) ?? refusePart(part, 'is not canonical base64url without padding');
}

function refusePart(part: Part, fault: string): never {
  throw new PassageError('INVALID_STATEMENT', `${names[part]} ${fault}`, { part });
}
