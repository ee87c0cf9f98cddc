import { PassageError } from '../errors/passage-error.js';
import { readJson } from '../json/read-json.js';
import { checkJson } from './check-json.js';
import { checkStatement, type Knowledge, type Taken } from './check-statement.js';
import { refusalOf } from './refusal.js';
import type { Verdict } from './verdict.js';

/** The longest JSON text that is judged, in bytes. A statement is limited by its own rule. */
const MAX_JSON_BYTES = 16_777_216;
/** What no statement starts with: JSON, and XML and PEM, about which the JSON reader has one thing to say. */
const NO_STATEMENT = /^[\uFEFF \t\r\n]*["[{<-]/;

/**
 * Judges what a file holds, offline and as the ledger would: one JSON text (an EPCIS document, a bare event, a query, a
 * public key), or else statements, one a line. Takes time linear in the input and reads nothing but it.
 *
 * @param taken the statements of earlier texts, after which these would be sent; new ones are added.
 * @returns one verdict for a JSON text, one for each statement otherwise.
 */
export function checkText(
  bytes: Uint8Array,
  knowledge: Knowledge = {},
  taken: Taken = new Map(),
): readonly Verdict[] {
  try {
    const text = decode(bytes);
    const lines = NO_STATEMENT.test(text) ? [] : statementLines(text);
    if (lines.length === 0) return [checkJson(readJson(text, { maxBytes: MAX_JSON_BYTES }))];
    return lines.map(([line, jws]) => ({
      ...checkStatement(jws, knowledge, taken),
      ...(lines.length > 1 && { line }),
    }));
  } catch (error) {
    if (!(error instanceof PassageError)) throw error;
    return [{ kind: 'unknown', refusal: refusalOf(error), notes: [], eventHashes: () => [] }];
  }
}

/** The lines that are not blank, with their numbers. */
function statementLines(text: string): readonly (readonly [number, string])[] {
  return text
    .split('\n')
    .map((line, index) => [index + 1, line.endsWith('\r') ? line.slice(0, -1) : line] as const)
    .filter(([, line]) => line !== '');
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new PassageError('INVALID_JSON', 'The text is not valid UTF-8', { pointer: '', offset: 0 });
  }
}
