import { PSG_IMAGE, PSG_UFF } from '../epcis/psg.js';
import type { JsonObject } from '../json/value.js';
import { actEvent } from './statement-stage.js';

/** The SHA-256 of an image file, as tests know it. */
export const imageHash = 'c0'.repeat(32);

/** What a scanner signs of an image of the test container; the members of `report` replace those of its report. */
export function scanEvent(report: JsonObject = {}, changes: JsonObject = {}): JsonObject {
  const of = { type: PSG_IMAGE, hexBinaryValue: imageHash, [PSG_UFF]: '2.0.0', ...report };
  return actEvent({
    type: 'ObjectEvent',
    action: 'OBSERVE',
    bizStep: 'inspecting',
    epcList: ['urn:epc:id:bic:CSQU3054383'],
    sensorElementList: [{ sensorReport: [of] }],
    ...changes,
  });
}
