import { isJsonObject, PassageError, readJson } from '@passage/domain';
import { readShape } from '@passage/domain/shapes';
import { equalBytes, utf8 } from '@passage/ledger';
import { EvidenceError } from '../errors.js';
import { BUNDLE_FORMAT } from './bundle.js';
import { bundleShape } from './bundle-shape.js';
import { signedStatementShape } from './signed-shapes.js';
import type { JsonValue } from '@passage/domain';
import type { SignedShipmentStatement } from '../shipment-statement/index.js';
import type { EvidenceBundle } from './bundle.js';

/** The most bytes of a bundle. */
export const MAX_BUNDLE_BYTES = 64 * 1024 * 1024;

/** The one text of a bundle: JSON without blanks, members in the order of the format, and a line feed. */
export function writeBundle(bundle: EvidenceBundle): Uint8Array {
  const ordered = readShape('The bundle', bundleShape, JSON.parse(JSON.stringify(bundle)) as JsonValue);
  return utf8(`${JSON.stringify(ordered)}\n`);
}

/** Reads a signed shipment statement as JSON carries it: form alone. @throws PassageError INVALID_FIELD */
export function readSignedShipmentStatement(json: JsonValue): SignedShipmentStatement {
  return readShape('The shipment statement', signedStatementShape, json);
}

/**
 * Reads a bundle: form alone. Bytes that are not the one text of their bundle are refused, so that nothing can be hidden in
 * them and nothing be changed without a change of what is read.
 *
 * @throws EvidenceError BUNDLE_TOO_LARGE, BUNDLE_VERSION or BUNDLE_MALFORMED
 */
export function readBundle(bytes: Uint8Array): EvidenceBundle {
  if (bytes.length > MAX_BUNDLE_BYTES) {
    throw new EvidenceError(
      'BUNDLE_TOO_LARGE',
      `a bundle has at most ${MAX_BUNDLE_BYTES} bytes: ask for one of proofs`,
    );
  }
  const bundle = orMalformed(() => {
    const json = readJson(bytes, { what: 'The bundle', maxBytes: MAX_BUNDLE_BYTES });
    refuseOtherVersion(json);
    return readShape('The bundle', bundleShape, json);
  });
  if (equalBytes(utf8(`${JSON.stringify(bundle)}\n`), bytes)) return bundle;
  throw malformed(
    'it is not written as a bundle is: members in the order of the format, no blanks, one line',
  );
}

function refuseOtherVersion(json: JsonValue): void {
  const format = isJsonObject(json) ? json['format'] : undefined;
  if (typeof format !== 'string' || format === BUNDLE_FORMAT || !/^passage-evidence-bundle-\d+$/.test(format))
    return;
  throw new EvidenceError(
    'BUNDLE_VERSION',
    `the bundle is of format ${format}, this program reads ${BUNDLE_FORMAT}: take a newer one`,
  );
}

function orMalformed<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof PassageError) throw malformed(error.message, error);
    throw error;
  }
}

function malformed(why: string, cause?: Error): EvidenceError {
  const next = 'get the file again, byte for byte, from whoever made it';
  return new EvidenceError('BUNDLE_MALFORMED', `this is no evidence bundle (${why}): ${next}`, { cause });
}
