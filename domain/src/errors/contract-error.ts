import { isJsonObject, type JsonObject, type JsonValue } from '../json/value.js';
import { isErrorCode } from './codes.js';
import { PassageError } from './passage-error.js';

/**
 * Writes an error as the one line that Fabric's shim passes on: `CODE: sentence {json}`. The details are always
 * written, `{}` where there are none, so that a sentence which itself ends in braces is read back as it was.
 */
export function encodeContractError(error: PassageError): string {
  return `${error.code}: ${error.message} ${JSON.stringify(error.details)}`;
}

/**
 * Finds the error in a text that came through Fabric, also behind what peers put in front of it
 * ("chaincode response 500, CODE: …"). Gives undefined where the text holds none of our codes.
 */
export function decodeContractError(text: string): PassageError | undefined {
  for (const match of text.matchAll(/(?<![A-Za-z0-9_])([A-Z][A-Z0-9_]{0,63}): /g)) {
    const code = match[1] ?? '';
    if (!isErrorCode(code)) continue;
    return decodeBody(text.slice(match.index + match[0].length), (message, details) => {
      return new PassageError(code, message, details);
    });
  }
  return undefined;
}

/** How many places are tried for the start of the details, so that a peer's hostile text costs little. */
const MAX_TRIES = 16;

/** Splits `sentence {json}` at the first blank behind which one whole JSON object reaches to the end. */
function decodeBody<T>(body: string, make: (message: string, details: JsonObject) => T): T {
  let at = body.indexOf(' {');
  for (let tries = 0; at >= 0 && tries < MAX_TRIES; tries += 1, at = body.indexOf(' {', at + 1)) {
    const details = parseObject(body.slice(at + 1));
    if (details !== undefined) return make(body.slice(0, at), details);
  }
  return make(body, {});
}

function parseObject(text: string): JsonObject | undefined {
  if (!text.endsWith('}')) return undefined;
  try {
    const value = JSON.parse(text) as JsonValue;
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
