import { bytesKey } from '../codec/index.js';

export interface PemBlock {
  readonly type: string;
  readonly content: Uint8Array;
  /** Whether anything stands behind the block. */
  readonly trailing: boolean;
}

const START = '\n-----BEGIN ';
const END = '\n-----END ';
const DASHES = '-----';

/** How many broken blocks are passed over before giving up. Go knows no limit, and takes quadratic time for it. */
const MAX_ATTEMPTS = 100;

/**
 * The first whole PEM block in the bytes, found as Go's pem.Decode finds it: what stands before it, header lines and
 * broken blocks are passed over. Undefined if there is none.
 */
export function readPem(bytes: Uint8Array): PemBlock | undefined {
  // A line break before the text makes its first line a line like any other.
  let rest = `\n${bytesKey(bytes)}`;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const start = rest.indexOf(START);
    if (start < 0) return undefined;
    const [typeLine, afterType] = cutLine(rest.slice(start + START.length));
    rest = afterType;
    if (!typeLine.endsWith(DASHES)) continue;
    rest = skipHeaders(afterType);
    const block = readBody(typeLine.slice(0, -DASHES.length), rest, rest === afterType);
    if (block !== undefined) return block;
  }
  return undefined;
}

/** The first line without what ends it, and all after it. */
function cutLine(text: string): [line: string, after: string] {
  const end = text.indexOf('\n');
  const line = end < 0 ? text : text.slice(0, end);
  return [line.replace(/\r$/, '').replace(/[ \t]+$/, ''), end < 0 ? '' : text.slice(end + 1)];
}

function skipHeaders(text: string): string {
  for (let rest = text; ;) {
    const [line, after] = cutLine(rest);
    if (!line.includes(':') || rest === '') return rest;
    rest = after;
  }
}

function readBody(type: string, text: string, mayBeEmpty: boolean): PemBlock | undefined {
  const isEmpty = mayBeEmpty && text.startsWith(END.slice(1));
  const end = isEmpty ? 0 : text.indexOf(END);
  if (end < 0) return undefined;
  const [endLine, after] = cutLine(text.slice(isEmpty ? END.length - 1 : end + END.length));
  if (endLine !== `${type}${DASHES}`) return undefined;
  const content = decodeBase64(text.slice(0, end).replaceAll(/[ \t\r\n]/g, ''));
  return content && { type, content, trailing: after.length > 0 };
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !BASE64.test(text)) return undefined;
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}
