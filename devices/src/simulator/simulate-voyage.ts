import { createHash } from 'node:crypto';
import { type JsonObject, PSG_IMAGE, PSG_LICENCE_PLATE_COMMITMENT, PSG_UFF } from '@passage/domain';
import { SeededRandom } from '../random/seeded-random.js';
import { cargoEpc } from './cargo.js';
import type { Consignment, Stop } from './consignment.js';
import { observation, sensorElement, type Whereabouts } from './event.js';
import { geoUri, pointBetween, unlocodeUri } from './geography.js';
import { itineraries, type Look, type Moment, type Owner } from './itinerary.js';
import { readPlate } from './plate.js';
import type { DeviceNeed, KeptOpening, Sighting } from './sighting.js';
import { timeOf, timetable } from './timetable.js';

/** What makes a simulation repeatable, and which ledger it is for. */
export interface SimulationOptions {
  readonly seed: string;
  /** Hex genesis hash: statements and commitments are bound to it. */
  readonly aud: string;
}

/**
 * Sends one consignment on its way: which devices see it, where and when, and the event each would sign. The same
 * consignment, seed and ledger give the same sightings, whatever else is simulated.
 *
 * @returns the sightings in order of time.
 * @throws DeviceError SIMULATION_INPUT when the consignment's day is none.
 */
export function simulateVoyage(consignment: Consignment, { seed, aud }: SimulationOptions): Sighting[] {
  const { ucr, transportMode } = consignment;
  const random = new SeededRandom(seed, [ucr]);
  const epc = cargoEpc(transportMode, random.stream('cargo'));
  const times = timetable(consignment, random.stream('timetable'));
  return itineraries[transportMode].map((look, index) => {
    const chance = random.stream(`look ${index}`);
    const time = new Date(timeOf(look.moment, times, chance)).toISOString();
    const device = deviceFor(look, consignment);
    const { shown, opening } = showing(look, { consignment, device, time, aud, chance });
    const event = observation(ucr, epc, time, look, whereabouts(look, consignment), shown);
    return { ucr, time, device, event, ...(opening === undefined ? {} : { opening }) };
  });
}

function deviceFor({ device: kind, owner }: Look, consignment: Consignment): DeviceNeed {
  const owners: Readonly<Record<Owner, { owner: string; place?: string }>> = {
    departure: fixedAt(consignment.departure),
    arrival: fixedAt(consignment.arrival),
    customs: { owner: consignment.customs, place: consignment.arrival.place.code },
    carrier: { owner: consignment.carrier },
  };
  return { kind, ...owners[owner] };
}

function fixedAt({ operator, place }: Stop): { owner: string; place: string } {
  return { owner: operator, place: place.code };
}

/** A fixed reader's point is its place; an e-seal gives its position. Goods that depart are at no place afterwards. */
function whereabouts({ moment, bizStep, owner }: Look, { departure, arrival }: Consignment): Whereabouts {
  const place = placeOf(moment, departure, arrival);
  const here = place === undefined ? undefined : unlocodeUri(place.code);
  const position = place ?? pointBetween(departure.place, arrival.place, shareOf(moment));
  const readPoint = owner === 'carrier' || here === undefined ? geoUri(position) : here;
  return here === undefined || bizStep === 'departing' ? { readPoint } : { readPoint, bizLocation: here };
}

function placeOf(moment: Moment, departure: Stop, arrival: Stop): Stop['place'] | undefined {
  if (moment.at === 'underway') return undefined;
  return moment.at === 'departure' ? departure.place : arrival.place;
}

function shareOf(moment: Moment): number {
  return moment.at === 'underway' ? moment.share : 0;
}

interface Scene {
  readonly consignment: Consignment;
  readonly device: DeviceNeed;
  readonly time: string;
  readonly aud: string;
  readonly chance: SeededRandom;
}

function showing(look: Look, scene: Scene): { shown: JsonObject; opening?: KeptOpening } {
  switch (look.shows) {
    case 'plate': {
      const opening = readPlate(scene.consignment.ucr, scene.device, scene.aud, scene.chance);
      return { shown: { [PSG_LICENCE_PLATE_COMMITMENT]: opening.commitment }, opening };
    }
    case 'seal':
      return { shown: sensorElement(scene.time, { type: 'psg:sealState', stringValue: 'closed' }) };
    case 'image':
      return {
        shown: sensorElement(scene.time, {
          type: PSG_IMAGE,
          hexBinaryValue: imageHash(scene.chance),
          [PSG_UFF]: '2.0.0',
        }),
      };
    default:
      return { shown: {} };
  }
}

/** The image itself stays with the scanner; the statement carries its SHA-256. Here it is a few drawn bytes. */
function imageHash(chance: SeededRandom): string {
  return createHash('sha256').update(chance.bytes(64)).digest('hex');
}
