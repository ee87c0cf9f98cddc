import type { DeviceKind, TransportMode } from '@passage/domain';

/** Whose device it is: the operator's at departure or arrival, the carrier's, or that of customs at arrival. */
export type Owner = 'departure' | 'arrival' | 'carrier' | 'customs';

/** When and where: so many hours from departing or arriving, at that place; or on the way, by the share travelled. */
export type Moment =
  | { readonly at: 'departure' | 'arrival'; readonly hours: number }
  | { readonly at: 'underway'; readonly share: number };

/** One look of one device at the goods. `bizStep` and `disposition` are words of the CBV 2.0. */
export interface Look {
  readonly device: DeviceKind;
  readonly owner: Owner;
  readonly moment: Moment;
  readonly bizStep: string;
  readonly disposition: string;
  /** What the device puts in beside the place and the time. */
  readonly shows?: 'plate' | 'seal' | 'image';
}

const departing: Moment = { at: 'departure', hours: 0 };
const arriving: Moment = { at: 'arrival', hours: 0 };

function gate(owner: 'departure' | 'arrival', hours: number): Look {
  const [bizStep, disposition] =
    owner === 'departure' ? ['arriving', 'in_progress'] : ['departing', 'in_transit'];
  const moment: Moment = { at: owner, hours };
  return { device: 'plate_reader', owner, moment, bizStep, disposition, shows: 'plate' };
}

function seal(moment: Moment, bizStep: string, disposition: string): Look {
  return { device: 'gps_eseal', owner: 'carrier', moment, bizStep, disposition, shows: 'seal' };
}

function underway(share: number): Look {
  return seal({ at: 'underway', share }, 'sensor_reporting', 'in_transit');
}

function scan(device: 'xray_scanner' | 'ct_scanner', hours: number): Look {
  const moment: Moment = { at: 'arrival', hours };
  return {
    device,
    owner: 'customs',
    moment,
    bizStep: 'inspecting',
    disposition: 'conformant',
    shows: 'image',
  };
}

function read(
  device: 'barcode_reader' | 'qr_reader',
  moment: Moment,
  bizStep: string,
  disposition: string,
): Look {
  const owner = moment.at === 'departure' ? 'departure' : 'arrival';
  return { device, owner, moment, bizStep, disposition };
}

/** A container: its truck read at the gates, an e-seal on its door all the way, an X-ray before it leaves the port. */
function containerItinerary(reports: readonly number[]): readonly Look[] {
  return [
    gate('departure', -30),
    seal({ at: 'departure', hours: -6 }, 'sensor_reporting', 'container_closed'),
    seal(departing, 'departing', 'in_transit'),
    ...reports.map(underway),
    seal(arriving, 'arriving', 'in_progress'),
    scan('xray_scanner', 20),
    gate('arrival', 30),
  ];
}

const airItinerary: readonly Look[] = [
  read('barcode_reader', { at: 'departure', hours: -10 }, 'receiving', 'in_progress'),
  read('barcode_reader', { at: 'departure', hours: -4 }, 'loading', 'in_progress'),
  read('barcode_reader', departing, 'departing', 'in_transit'),
  read('barcode_reader', arriving, 'arriving', 'in_progress'),
  read('barcode_reader', { at: 'arrival', hours: 3 }, 'unloading', 'in_progress'),
  scan('ct_scanner', 18),
  read('qr_reader', { at: 'arrival', hours: 22 }, 'storing', 'in_progress'),
  read('qr_reader', { at: 'arrival', hours: 30 }, 'departing', 'in_transit'),
];

/** Post is sorted from the sack: nothing is read when it is unloaded. */
const postItinerary = airItinerary.filter(({ bizStep }) => bizStep !== 'unloading');

const twoReports = containerItinerary([1 / 3, 2 / 3]);
const oneReport = containerItinerary([1 / 2]);

/** Which devices see a shipment, by how it travels. */
export const itineraries: Readonly<Record<TransportMode, readonly Look[]>> = {
  '1': twoReports,
  '2': twoReports,
  '3': oneReport,
  '4': airItinerary,
  '5': postItinerary,
  '6': twoReports,
  '7': twoReports,
  '8': twoReports,
  '9': twoReports,
};

/** Whether goods travel as pallets and parcels rather than in a container. */
export function travelsByPiece(mode: TransportMode): boolean {
  return mode === '4' || mode === '5';
}
