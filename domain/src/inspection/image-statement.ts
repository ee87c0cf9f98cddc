import { describeEvent } from '../epcis/describe-event.js';
import { PSG_IMAGE, PSG_UFF } from '../epcis/psg.js';
import { PassageError } from '../errors/passage-error.js';
import { unitOfUri } from '../identifiers/transport-unit.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/value.js';

/** Kinds of devices that make images of what is inside a unit. */
const scanners: readonly string[] = ['xray_scanner', 'ct_scanner'];

/** What a scanner's statement says of one image. */
export interface ImageClaim {
  /** The units that the event is about. */
  readonly units: readonly string[];
  /** SHA-256 of the file, lower-case hex. */
  readonly sha256: string;
  /** Version of the WCO's Unified File Format. */
  readonly uff: string;
}

/**
 * Reads the image out of a scanner's event: an ObjectEvent with action OBSERVE about the unit, whose one `sensorReport` of type
 * `psg:image` has the file's SHA-256 as `hexBinaryValue` and the version of its format as `psg:uff` (docs/inspection.md).
 *
 * @param kind the kind of the device that has signed it.
 * @throws PassageError NOT_AN_IMAGE
 */
export function readImageClaim(event: JsonObject, kind: string): ImageClaim {
  if (!scanners.includes(kind))
    throw notAnImage(`A ${kind} makes no images of what is inside a unit`, '/kid');
  const { type, action, epcs } = describeEvent(event);
  if (type !== 'ObjectEvent' || action !== 'OBSERVE') {
    throw notAnImage('An image is seen: the event is an ObjectEvent with action OBSERVE', '/action');
  }
  const reports = objects(event['sensorElementList'])
    .flatMap((element) => objects(element['sensorReport']))
    .filter((report) => report['type'] === PSG_IMAGE);
  const [report] = reports;
  const { hexBinaryValue: sha256, [PSG_UFF]: uff } = report ?? {};
  if (reports.length !== 1 || typeof sha256 !== 'string' || !/^[0-9A-Fa-f]{64}$/.test(sha256)) {
    throw notAnImage(
      `The event has no one report of type ${PSG_IMAGE} with a SHA-256 value`,
      '/sensorElementList',
    );
  }
  if (typeof uff !== 'string' || !/^\d{1,3}(?:\.\d{1,3}){1,2}$/.test(uff)) {
    throw notAnImage(`The report does not say the format's version (${PSG_UFF})`, '/sensorElementList');
  }
  const units = epcs.flatMap((epc) => unitOfUri(epc) ?? []);
  return { units, sha256: sha256.toLowerCase(), uff };
}

export function notAnImage(message: string, pointer: string): PassageError {
  return new PassageError('NOT_AN_IMAGE', message, { pointer: `/statement${pointer}` });
}

function objects(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}
