import { encode, equalBytes } from '../codec/index.js';
import { ConfigPolicy, ConfigUpdate, ConfigValue } from '../proto/index.js';
import type { Encodable } from '../codec/index.js';
import type { ConfigGroup } from '../proto/index.js';

type Group = Encodable<ConfigGroup>;

/**
 * The update that leads from one configuration to another: common.ConfigUpdate bytes, to be signed by those who allow it
 * (internal/configtxlator/update/update.go, Compute). The read set names what it is made for, the write set what changes, each
 * one version on; a group that gets or loses a member lists all of them.
 *
 * @param original the group of the configuration in force
 * @param updated what it should become; its version numbers do not count
 */
export function computeConfigUpdate(
  channelId: string,
  original: ConfigGroup,
  updated: ConfigGroup,
): Uint8Array {
  const { read, write } = compareGroups(original, updated);
  return encode(ConfigUpdate, { channelId, readSet: read, writeSet: write });
}

interface GroupComparison {
  readonly read: Group;
  readonly write: Group;
  readonly isChanged: boolean;
}

/** The elements of one kind: those that differ, and the versions of those that do not. */
interface Comparison<T> {
  readonly read: Map<string, T>;
  readonly write: Map<string, T>;
  readonly same: Map<string, T>;
  readonly isOtherSet: boolean;
}

function compareGroups(original: ConfigGroup, updated: ConfigGroup): GroupComparison {
  const values = compareItems(original.values, updated.values, (item) => encode(ConfigValue, item));
  const policies = compareItems(original.policies, updated.policies, (item) => encode(ConfigPolicy, item));
  const groups = compareInner(original.groups, updated.groups);
  const { version } = original;
  const kinds = [values, policies, groups];
  if (!kinds.some(({ isOtherSet }) => isOtherSet) && original.modPolicy === updated.modPolicy) {
    if (kinds.every(({ write }) => write.size === 0))
      return { read: { version }, write: { version }, isChanged: false };
    return {
      read: { version, groups: groups.read },
      write: { version, values: values.write, policies: policies.write, groups: groups.write },
      isChanged: true,
    };
  }
  return {
    read: {
      version,
      values: values.same,
      policies: policies.same,
      groups: both(groups.same, groups.read),
    },
    write: {
      version: version + 1,
      values: both(values.same, values.write),
      policies: both(policies.same, policies.write),
      groups: both(groups.same, groups.write),
      modPolicy: updated.modPolicy,
    },
    isChanged: true,
  };
}

function compareItems<T extends { readonly version: number }>(
  original: ReadonlyMap<string, T>,
  updated: ReadonlyMap<string, T>,
  bytesOf: (item: T) => Uint8Array,
): Comparison<Partial<T> & { version: number }> {
  const write = new Map<string, T>();
  const same = new Map<string, Partial<T> & { version: number }>();
  for (const [name, item] of updated) {
    const before = original.get(name);
    if (before === undefined) write.set(name, { ...item, version: 0 });
    else if (equalBytes(bytesOf({ ...item, version: before.version }), bytesOf(before)))
      same.set(name, { version: before.version } as Partial<T> & { version: number });
    else write.set(name, { ...item, version: before.version + 1 });
  }
  return { read: new Map(), write, same, isOtherSet: !isSameSet(original, updated) };
}

function compareInner(
  original: ReadonlyMap<string, ConfigGroup>,
  updated: ReadonlyMap<string, ConfigGroup>,
): Comparison<Group> {
  const [read, write, same] = [new Map<string, Group>(), new Map<string, Group>(), new Map<string, Group>()];
  for (const [name, group] of updated) {
    const before = original.get(name);
    if (before === undefined) {
      write.set(name, newGroup(group));
      continue;
    }
    const compared = compareGroups(before, group);
    if (compared.isChanged) {
      read.set(name, compared.read);
      write.set(name, compared.write);
    } else same.set(name, compared.read);
  }
  return { read, write, same, isOtherSet: !isSameSet(original, updated) };
}

/** A group that was not there, with everything in it at version 0. */
function newGroup({ groups, values, policies, modPolicy }: ConfigGroup): ConfigGroup {
  const reset = <T>(items: ReadonlyMap<string, T>): Map<string, T> =>
    new Map([...items].map(([name, item]) => [name, { ...item, version: 0 }]));
  return {
    version: 0,
    groups: new Map([...groups].map(([name, inner]) => [name, newGroup(inner)])),
    values: reset(values),
    policies: reset(policies),
    modPolicy,
  };
}

function isSameSet(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): boolean {
  return one.size === other.size && [...one.keys()].every((name) => other.has(name));
}

function both<T>(one: ReadonlyMap<string, T>, other: ReadonlyMap<string, T>): Map<string, T> {
  return new Map([...one, ...other]);
}
