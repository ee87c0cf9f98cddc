import { decodeUtf8 } from '../codec/index.js';

export interface PemBlock {
  readonly type: string;
  readonly content: Uint8Array;
  /** Whether anything stands behind the block. */
  readonly trailing: boolean;
}

const BLOCK =
  /(?:^|\n)-----BEGIN ([^\n]*?)-----[ \t\r]*\n((?:[^\n:]+:[^\n]*\n)*)([A-Za-z0-9+/=\s]*?)-----END \1-----[ \t\r]*(?:\n|$)/;

/** The first PEM block (RFC 7468) in the bytes, read as leniently as Go's pem.Decode; undefined if there is none. */
export function readPem(bytes: Uint8Array): PemBlock | undefined {
  const text = decodeUtf8(bytes) ?? '';
  const found = BLOCK.exec(text);
  if (found === null) return undefined;
  const [whole, type = '', , body = ''] = found;
  const content = decodeBase64(body.replaceAll(/\s/g, ''));
  return content && { type, content, trailing: found.index + whole.length < text.length };
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function decodeBase64(text: string): Uint8Array | undefined {
  if (!BASE64.test(text)) return undefined;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
