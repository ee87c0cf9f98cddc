import { LedgerError } from '../errors.js';
import { ROOT_GROUP } from '../policy/index.js';
import type { ConfigGroup, ConfigPolicy, ConfigValue } from '../proto/index.js';

/** One element of the configuration tree, with the names of the groups above it. */
export interface ConfigElement {
  readonly kind: keyof Items;
  readonly above: readonly string[];
  readonly key: string;
  readonly item: Items[keyof Items];
}

interface Items {
  readonly Group: ConfigGroup;
  readonly Value: ConfigValue;
  readonly Policy: ConfigPolicy;
}

/** Elements by their names in Fabric's messages: `[Value]  /Channel/Orderer/BatchSize`, two spaces after all but `[Policy]`. */
export type ConfigElements = ReadonlyMap<string, ConfigElement>;

export function elementName(kind: ConfigElement['kind'], path: readonly string[]): string {
  return `${`[${kind}]`.padEnd(9)}/${path.join('/')}`;
}

/**
 * All elements of a tree (common/configtx/configmap.go, mapConfig).
 *
 * @throws LedgerError INVALID_CONFIG for a name that is not allowed
 */
export function elementsOf(root: ConfigGroup | undefined): ConfigElements {
  const elements = new Map<string, ConfigElement>();
  const add = (element: ConfigElement): void => {
    checkName(element.key);
    elements.set(elementName(element.kind, [...element.above, element.key]), element);
  };
  const addGroup = (above: readonly string[], key: string, group: ConfigGroup): void => {
    add({ kind: 'Group', above, key, item: group });
    const path = [...above, key];
    for (const [name, inner] of group.groups) addGroup(path, name, inner);
    for (const [name, item] of group.values) add({ kind: 'Value', above: path, key: name, item });
    for (const [name, item] of group.policies) add({ kind: 'Policy', above: path, key: name, item });
  };
  if (root !== undefined) addGroup([], ROOT_GROUP, root);
  return elements;
}

const NAME = /^[a-zA-Z0-9.-]{1,249}$/;

/** Refuses what Fabric does not take as the name of an element (common/configtx/validator.go, validateConfigID). */
function checkName(name: string): void {
  if (NAME.test(name) && name !== '.' && name !== '..') return;
  throw new LedgerError('INVALID_CONFIG', `"${name}" is not allowed as the name of a configuration element`);
}

/**
 * Refuses a mod_policy that is no path of such names (common/configtx/update.go, validateModPolicy).
 *
 * @throws LedgerError INVALID_CONFIG
 */
export function checkModPolicy(name: string, modPolicy: string): void {
  if (modPolicy === '') throw new LedgerError('INVALID_CONFIG', `${name} has no mod_policy`);
  for (const part of (modPolicy.startsWith('/') ? modPolicy.slice(1) : modPolicy).split('/')) checkName(part);
}

/** What Fabric puts where a mod_policy is missing (configmap.go, a repair of channels made with version 1.0). */
const REPAIRED_MOD_POLICY = 'Admins';

/**
 * The tree that elements make: each group has the members that its own element lists, each with its own element's
 * content (common/configtx/configmap.go, configMapToConfig).
 *
 * @throws LedgerError INVALID_CONFIG if a listed member has no element
 */
export function treeOf(elements: ConfigElements): ConfigGroup {
  const repairs = elements.has(elementName('Value', [ROOT_GROUP, 'Orderer', 'Capabilities']));
  const repaired = <T extends { readonly modPolicy: string }>(item: T): T =>
    repairs && item.modPolicy === '' ? { ...item, modPolicy: REPAIRED_MOD_POLICY } : item;
  const find = <K extends keyof Items>(kind: K, path: readonly string[]): Items[K] => {
    const element = elements.get(elementName(kind, path));
    if (element === undefined)
      throw new LedgerError('INVALID_CONFIG', `${elementName(kind, path)} is missing`);
    return element.item as Items[K];
  };
  const build = (path: readonly string[]): ConfigGroup => {
    const group = find('Group', path);
    const mapped = <T>(names: Iterable<string>, make: (path: readonly string[]) => T): Map<string, T> =>
      new Map([...names].map((name) => [name, make([...path, name])]));
    return repaired({
      ...group,
      groups: mapped(group.groups.keys(), build),
      values: mapped(group.values.keys(), (at) => repaired(find('Value', at))),
      policies: mapped(group.policies.keys(), (at) => repaired(find('Policy', at))),
    });
  };
  return build([ROOT_GROUP]);
}
