import type { TransportMode } from '@passage/domain';
import { DeviceError } from '../errors/device-error.js';
import type { SeededRandom } from '../random/seeded-random.js';
import type { Consignment } from './consignment.js';
import { distance } from './geography.js';
import type { Moment } from './itinerary.js';

const minute = 60_000;
const hour = 60 * minute;

/** Kilometres an hour along the great circle, detours and stops on the way included: round figures of our own. */
const pace: Readonly<Record<TransportMode, number>> = {
  '1': 22,
  '2': 30,
  '3': 40,
  '4': 650,
  '5': 300,
  '6': 30,
  '7': 30,
  '8': 12,
  '9': 25,
};

/** No voyage is shorter, not even one within a port. */
const shortest = 6 * hour;

/** When the goods leave and come, in milliseconds since 1970. */
export interface Timetable {
  readonly departure: number;
  readonly arrival: number;
}

/**
 * The goods arrive some time on the day before they are declared, and leave as long before as the way takes.
 *
 * @throws DeviceError SIMULATION_INPUT when `declaredOn` is not a day.
 */
export function timetable(consignment: Consignment, random: SeededRandom): Timetable {
  const { declaredOn, ucr, transportMode, departure: from, arrival: to } = consignment;
  const declared = Date.parse(`${declaredOn}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(declaredOn) || Number.isNaN(declared)) {
    throw new DeviceError('SIMULATION_INPUT', `${ucr}: ${declaredOn} is not a day (YYYY-MM-DD).`);
  }
  const arrival = declared - random.between(6 * 60, 18 * 60) * minute;
  const way = (distance(from.place, to.place) / pace[transportMode]) * hour;
  return { arrival, departure: arrival - Math.max(shortest, Math.round(way / minute) * minute) };
}

/** The time of a moment of the voyage, with some minutes of its own, in milliseconds since 1970. */
export function timeOf(moment: Moment, { departure, arrival }: Timetable, random: SeededRandom): number {
  const spread = random.between(0, 59) * 1000;
  if (moment.at === 'underway') {
    return departure + Math.round(((arrival - departure) * moment.share) / minute) * minute + spread;
  }
  return (moment.at === 'departure' ? departure : arrival) + moment.hours * hour + spread;
}
