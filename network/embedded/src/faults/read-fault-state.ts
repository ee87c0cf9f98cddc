import type { OrganizationName } from '../organization-name.js';
import { NO_FAULTS, type DeliveryFault, type FaultState } from './fault-state.js';

const DELIVERY_FAULTS = ['delayMs', 'cutAt', 'forge', 'withholdFrom'];

/**
 * Reads a state from JSON. Members that are left out are as in `NO_FAULTS`.
 *
 * @param known the names of the network's organisations
 * @throws TypeError with what is wrong
 */
export function readFaultState(json: string, known: readonly OrganizationName[]): FaultState {
  const fields = parse(json);
  for (const name of Object.keys(fields)) {
    if (!Object.hasOwn(NO_FAULTS, name)) throw new TypeError(`there is no fault '${name}'`);
  }
  const { stalled = false, delivery = {} } = fields;
  if (typeof stalled !== 'boolean') throw new TypeError("'stalled' must be true or false");
  if (!isObject(delivery)) throw new TypeError("'delivery' must be an object of organisations");
  return {
    down: organizations(fields, 'down', known),
    differing: organizations(fields, 'differing', known),
    stalled,
    delivery: Object.fromEntries(
      Object.entries(delivery).map(([name, fault]) => [organization(name, known), deliveryFault(fault)]),
    ),
  };
}

function parse(json: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new TypeError('not JSON');
  }
  if (!isObject(value)) throw new TypeError('not a JSON object');
  return value;
}

function organizations(
  fields: Readonly<Record<string, unknown>>,
  name: string,
  known: readonly OrganizationName[],
): OrganizationName[] {
  const value = fields[name] ?? [];
  if (!Array.isArray(value)) throw new TypeError(`'${name}' must be a list of organisations`);
  return value.map((one) => organization(one, known));
}

function organization(value: unknown, known: readonly OrganizationName[]): OrganizationName {
  const found = known.find((name) => name === value);
  if (found === undefined) throw new TypeError(`there is no organisation ${JSON.stringify(value)}`);
  return found;
}

function deliveryFault(value: unknown): DeliveryFault {
  if (!isObject(value)) throw new TypeError('a fault of delivery must be an object');
  for (const [name, number] of Object.entries(value)) {
    if (!DELIVERY_FAULTS.includes(name)) throw new TypeError(`there is no fault of delivery '${name}'`);
    if (!Number.isSafeInteger(number) || Number(number) < 0)
      throw new TypeError(`'${name}' must be a whole number from 0`);
  }
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
