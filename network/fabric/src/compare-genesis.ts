import {
  ConfigPolicy,
  ConfigValue,
  encode,
  equalBytes,
  type ConfigGroup,
  type RawBlock,
  readConfigTransaction,
} from '@passage/ledger';

/**
 * Where the configurations of two genesis blocks differ: paths of groups, values and policies. Time and nonce, in which two
 * blocks made from one configtx.yaml always differ, do not count.
 */
export function configDifferences(one: RawBlock, other: RawBlock): readonly string[] {
  const [a, b] = [one, other].map((block) => {
    const { channelId, configEnvelope } = readConfigTransaction(block.envelopes[0] ?? new Uint8Array());
    return { channelId, group: configEnvelope.config?.channelGroup };
  });
  if (a?.group === undefined || b?.group === undefined) return ['/Channel'];
  if (a.channelId !== b.channelId) return [`the name of the channel`];
  return differences('/Channel', a.group, b.group);
}

function differences(path: string, a: ConfigGroup, b: ConfigGroup): string[] {
  const own = a.modPolicy === b.modPolicy && a.version === b.version ? [] : [path];
  const values = keysOf(a.values, b.values).filter(
    (key) => !same(a.values.get(key), b.values.get(key), (value) => encode(ConfigValue, value)),
  );
  const policies = keysOf(a.policies, b.policies).filter(
    (key) => !same(a.policies.get(key), b.policies.get(key), (policy) => encode(ConfigPolicy, policy)),
  );
  const groups = keysOf(a.groups, b.groups).flatMap((key) => {
    const [left, right] = [a.groups.get(key), b.groups.get(key)];
    if (left === undefined || right === undefined) return [`${path}/${key}`];
    return differences(`${path}/${key}`, left, right);
  });
  return [...own, ...[...values, ...policies].map((key) => `${path}/${key}`), ...groups];
}

function keysOf(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].sort();
}

function same<T>(a: T | undefined, b: T | undefined, bytes: (one: T) => Uint8Array): boolean {
  if (a === undefined || b === undefined) return a === b;
  return equalBytes(bytes(a), bytes(b));
}
