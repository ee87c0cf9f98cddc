import { decode } from '../codec/index.js';
import { ACLs, ImplicitMetaPolicy, PolicyType } from '../proto/index.js';
import type { PrincipalHolder } from '../identity/index.js';
import type { ConfigGroup } from '../proto/index.js';
import type { ChannelConfig } from './channel-config.js';

/** Of an implicit meta policy, how many sub-policies have to hold (F:common/policies/implicitmeta.go). */
const THRESHOLDS: readonly ((count: number) => number)[] = [
  () => 1,
  (count) => count,
  (count) => Math.floor(count / 2) + 1,
];

/**
 * Why a peer does not let these signers use one of its resources (`peer/Propose`, `peer/ChaincodeToChaincode` …), in Fabric's
 * words; undefined if it does. Its own resource provider and the default one have each their sentence (F:core/aclmgmt).
 */
export function accessDenial(
  config: ChannelConfig,
  resource: string,
  signers: readonly PrincipalHolder[],
): string | undefined {
  const path = config.aclPolicy(resource) ?? '';
  const list = config.group.groups.get('Application')?.values.get('ACLs');
  const isListed = list !== undefined && decode(ACLs, list.value).acls.has(resource);
  const what = isListed
    ? `failed evaluating policy on signed data during check policy [${path}]`
    : `Failed evaluating policy on signed data during check policy on channel [${config.channelId}] with policy [${path}]`;
  return policyDenial(config, path, signers, what);
}

/** The same of the policy at a path of the configuration, under a sentence of the caller's. */
export function policyDenial(
  config: ChannelConfig,
  path: string,
  signers: readonly PrincipalHolder[],
  what: string,
): string | undefined {
  if (config.policies.find(path)?.isSatisfiedBy(signers) === true) return undefined;
  return `${what}: [${policyFailure(config, path, signers)}]`;
}

function policyFailure(
  { group, policies }: ChannelConfig,
  path: string,
  signers: readonly PrincipalHolder[],
): string {
  const steps = path.split('/').slice(2);
  const name = steps.pop() ?? '';
  const holder = steps.reduce<ConfigGroup | undefined>((at, step) => at?.groups.get(step), group);
  const policy = holder?.policies.get(name)?.policy;
  if (holder === undefined || policy?.type !== PolicyType.IMPLICIT_META) {
    return 'signature set did not satisfy policy';
  }
  const { subPolicy, rule } = decode(ImplicitMetaPolicy, policy.value);
  const paths = [...holder.groups.keys()].map((child) => ['/Channel', ...steps, child, subPolicy].join('/'));
  const satisfied = paths.filter((one) => policies.find(one)?.isSatisfiedBy(signers) === true).length;
  const needed = THRESHOLDS[rule]?.(paths.length) ?? paths.length;
  const requires = `this policy requires ${needed} of the '${subPolicy}' sub-policies to be satisfied`;
  return `implicit policy evaluation failed - ${satisfied} sub-policies were satisfied, but ${requires}`;
}
