import { canonicalGs1Uri } from '../event-hash/canonical-gs1-uri.js';
import { containerEpc, containerOfEpc, isContainerNumber } from './container.js';
import { isSscc } from './gs1-key.js';

/**
 * What carries goods, the innermost first. A vehicle is known by a commitment to its plate, because a plate follows a person;
 * a conveyance is a ship by its IMO number or a flight by its number and day.
 */
export const unitKinds = ['sscc', 'container', 'vehicle', 'ship', 'flight'] as const;

export type UnitKind = (typeof unitKinds)[number];

/** How one kind of unit is written: its ids, its URI in an event, and how far out it stands when units carry units. */
interface UnitForm {
  readonly isId: (id: string) => boolean;
  readonly prefix: string;
  readonly rank: number;
}

const forms: { readonly [Kind in UnitKind]: UnitForm } = {
  sscc: { isId: isSscc, prefix: 'https://id.gs1.org/00/', rank: 0 },
  container: { isId: isContainerNumber, prefix: containerEpc(''), rank: 1 },
  vehicle: {
    isId: (id) => /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(id),
    prefix: 'urn:passage:vehicle:',
    rank: 2,
  },
  ship: { isId: isImoNumber, prefix: 'urn:epc:id:imovn:', rank: 3 },
  flight: {
    isId: (id) =>
      /^[A-Z0-9]{2}[0-9]{1,4}[A-Z]?-[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$/.test(id),
    prefix: 'urn:passage:flight:',
    rank: 3,
  },
};

/**
 * Whether a text is a ship's IMO number: seven digits, the last of them the last digit of the sum of the six others weighted 7
 * to 2 (IMO resolution A.1117(30)).
 */
export function isImoNumber(text: string): boolean {
  if (!/^[0-9]{7}$/.test(text)) return false;
  let sum = 0;
  for (let index = 0; index < 6; index += 1) sum += Number(text.charAt(index)) * (7 - index);
  return String(sum % 10) === text.charAt(6);
}

/** Whether a text is a unit as records and inputs name it: `container:CSQU3054383`, `sscc:…`, `ship:9176187`. */
export function isTransportUnit(text: string): boolean {
  const { kind, id } = parts(text);
  return kind !== undefined && forms[kind].isId(id);
}

/** The unit that a URI in an event names, or undefined where it is none. An SSCC may be an EPC URN or a Digital Link. */
export function unitOfUri(uri: string): string | undefined {
  const text = containerOfEpc(uri) === undefined ? (canonicalGs1Uri(uri) ?? uri) : uri;
  const kind = unitKinds.find((each) => text.startsWith(forms[each].prefix));
  if (kind === undefined) return undefined;
  const id = text.slice(forms[kind].prefix.length);
  return forms[kind].isId(id) ? `${kind}:${id}` : undefined;
}

/** How an event names a unit. `unit` must be one (`isTransportUnit`). */
export function unitUri(unit: string): string {
  const { kind, id } = parts(unit);
  if (kind === undefined) throw new RangeError(`${unit} is no transport unit`);
  return forms[kind].prefix + id;
}

/** Whether one unit can carry the other: a ship a lorry, a lorry a container, a container a pallet; never the other way. */
export function canCarry(outer: string, inner: string): boolean {
  return rankOf(outer) > rankOf(inner);
}

function rankOf(unit: string): number {
  const { kind } = parts(unit);
  return kind === undefined ? -1 : forms[kind].rank;
}

function parts(unit: string): { readonly kind: UnitKind | undefined; readonly id: string } {
  const colon = unit.indexOf(':');
  const name = unit.slice(0, Math.max(colon, 0));
  return { kind: unitKinds.find((kind) => kind === name), id: unit.slice(colon + 1) };
}
