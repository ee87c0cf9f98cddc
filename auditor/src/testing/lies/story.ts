/* What the stories of lies are made of: one consignment, who acts on it, and acts that are honest unless they are told with a lie. */
import { partyCaller, shipmentInput } from '@passage/domain/testing';
import type { Caller, JsonObject } from '@passage/domain';
import type { Told, WriteSet } from '@passage/evidence/testing';

export const ucr = '6KRIMPORTER1-F';
export const importer = partyCaller('IMPORTER1');
export const carrier = partyCaller('CARRIER1');
export const terminal = partyCaller('TERMINAL1');
export const officer = partyCaller('OFFICER1');
export const seller = partyCaller('SELLER1');
export const unit = { uom: 'KGM', decimals: 0 };
export const classified = { hs: '080610', hsEdition: '2022' };
export const law = { ucr, legalBasis: 'art. 188' };
export const now = '2026-01-01T00:00:30.000Z';

export type Lying = Pick<Told, 'forge' | 'believing' | 'byHand'>;

export const told = (caller: Caller, name: string, input: JsonObject, lying: Lying = {}): Told => {
  return {
    caller,
    name,
    input: name === 'RecordStatements' ? input : { requestId: `${name}-1`, ...input },
    ...lying,
  };
};

/** Changes members of a record that the transaction writes, or takes them away. */
export const change =
  (key: string, members: JsonObject, without: readonly string[] = []) =>
  ({ records }: WriteSet): void => {
    const kept = Object.entries({ ...records.get(key), ...members }).filter(
      ([name]) => !without.includes(name),
    );
    records.set(key, Object.fromEntries(kept));
  };

export const opens = (lying?: Lying, changes: JsonObject = {}): Told =>
  told(
    importer,
    'OpenShipment',
    shipmentInput({ ucr, goods: [{ ...classified, quantity: 9, unit }], ...changes }),
    lying,
  );
export const offers = told(carrier, 'OfferHandover', { ucr, to: 'TERMINAL1', place: 'KRPUS' });
export const accepts = (by: Caller, lying?: Lying): Told =>
  told(by, 'AcceptHandover', { ucr, handover: 1 }, lying);
export const holds = told(officer, 'PlaceHold', { ...law, response: '5' });
