import { decode } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import type { Message } from '../codec/index.js';
import type { ConfigGroup } from '../proto/index.js';

type Values<T extends Readonly<Record<string, Message<unknown>>>> = {
  readonly [K in keyof T]?: T[K] extends Message<infer D> ? D : never;
};

/**
 * Reads the values of a configuration group by their names. A name that is not listed is refused, as Fabric does
 * (common/channelconfig/standardvalues.go).
 *
 * @throws LedgerError INVALID_CONFIG
 */
export function readValues<T extends Readonly<Record<string, Message<unknown>>>>(
  path: string,
  group: ConfigGroup,
  types: T,
): Values<T> {
  const entries = [...group.values].map(([name, { value }]) => {
    const type = Object.hasOwn(types, name) ? types[name] : undefined;
    if (type === undefined) throw new LedgerError('INVALID_CONFIG', `${path} has an unknown value ${name}`);
    return [name, decodeValue(`${path}/${name}`, type, value)] as const;
  });
  return Object.fromEntries(entries) as Values<T>;
}

function decodeValue(path: string, type: Message<unknown>, bytes: Uint8Array): unknown {
  try {
    return decode(type, bytes);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new LedgerError('INVALID_CONFIG', `${path}: ${error.message}`, { cause: error });
  }
}
