import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JsonObject, psgContext } from '@passage/domain';
import type { Consignment } from '../simulator/consignment.js';

/** The genesis hash of a ledger that does not exist. */
export const aud = 'ab'.repeat(32);

/** A folder of its own for one test. */
export function scratchFolder(): string {
  return mkdtempSync(join(tmpdir(), 'passage-devices-'));
}

/** An observation that differs from every other by its number. */
export function numberedEvent(number: number): JsonObject {
  return {
    '@context': psgContext,
    type: 'ObjectEvent',
    eventTime: '2021-01-01T00:00:00.000Z',
    eventTimeZoneOffset: '+00:00',
    epcList: [`urn:epc:id:sscc:9521234.${String(number).padStart(10, '0')}`],
    action: 'OBSERVE',
    bizStep: 'receiving',
    readPoint: { id: 'geo:35.1333,129.0500' },
  };
}

export function seaConsignment(change: Partial<Consignment> = {}): Consignment {
  return {
    ucr: '1KRIMPALFA-50000001',
    transportMode: '1',
    departure: { place: { code: 'VNSGN', latitude: 10.77, longitude: 106.67 }, operator: 'TERMINAL-VNSGN' },
    arrival: { place: { code: 'KRPUS', latitude: 35.13, longitude: 129.05 }, operator: 'TERMINAL-KRPUS' },
    carrier: 'CARRIER-SEA',
    customs: 'CUSTOMS-KRPUS',
    declaredOn: '2021-02-01',
    ...change,
  };
}
