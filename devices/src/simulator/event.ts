import { type JsonObject, PSG_UCR, psgContext, ucrUri } from '@passage/domain';
import type { Look } from './itinerary.js';

/** Where an event happened: the point that was read, and the place the goods are at afterwards, both URIs. */
export interface Whereabouts {
  readonly readPoint: string;
  readonly bizLocation?: string;
}

/**
 * The EPCIS 2.0 event of one look: an ObjectEvent, OBSERVE, that names the consignment by its UCR. Devices keep UTC.
 *
 * @param shown what the device puts in beside: sensor elements, or members under our own prefix.
 */
export function observation(
  ucr: string,
  epc: string,
  time: string,
  look: Look,
  where: Whereabouts,
  shown: JsonObject,
): JsonObject {
  return {
    '@context': psgContext,
    type: 'ObjectEvent',
    eventTime: time,
    eventTimeZoneOffset: '+00:00',
    epcList: [epc],
    action: 'OBSERVE',
    bizStep: look.bizStep,
    disposition: look.disposition,
    readPoint: { id: where.readPoint },
    ...(where.bizLocation === undefined ? {} : { bizLocation: { id: where.bizLocation } }),
    bizTransactionList: [{ type: PSG_UCR, bizTransaction: ucrUri(ucr) }],
    ...shown,
  };
}

/** One sensor element with one report of ours, at the time of the event. */
export function sensorElement(time: string, report: JsonObject): JsonObject {
  return { sensorElementList: [{ sensorMetadata: { time }, sensorReport: [report] }] };
}
