import { encode } from '../codec/index.js';
import { ConfigGroup } from '../proto/index.js';
import type { Encodable, Message } from '../codec/index.js';
import type { ConfigPolicy, ConfigValue, Policy } from '../proto/index.js';

/** Who may change an element, unless something else is said. */
const MOD_POLICY = 'Admins';

export interface GroupParts {
  readonly groups?: Readonly<Record<string, ConfigGroup>>;
  readonly values?: Readonly<Record<string, ConfigValue>>;
  readonly policies?: Readonly<Record<string, Policy>>;
}

/** A group of a new channel's configuration: version 0, to be changed by its Admins, as are its policies. */
export function configGroup({ groups = {}, values = {}, policies = {} }: GroupParts): ConfigGroup {
  const configPolicies = Object.entries(policies).map(([name, policy]): [string, ConfigPolicy] => [
    name,
    { version: 0, policy, modPolicy: MOD_POLICY },
  ]);
  return {
    version: 0,
    groups: new Map(Object.entries(groups)),
    values: new Map(Object.entries(values)),
    policies: new Map(configPolicies),
    modPolicy: MOD_POLICY,
  };
}

/** A value of a new channel's configuration. */
export function configValue<D>(type: Message<D>, value: Encodable<D>): ConfigValue {
  return { version: 0, value: encode(type, value), modPolicy: MOD_POLICY };
}
