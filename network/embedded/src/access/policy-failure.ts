import { ImplicitMetaPolicy, PolicyType, decode, validSigners } from '@passage/ledger';
import type { ChannelConfig, ConfigGroup, SignedData } from '@passage/ledger';

/** Of an implicit meta policy, how many sub-policies have to hold (F:common/policies/implicitmeta.go). */
const THRESHOLDS: readonly ((count: number) => number)[] = [
  () => 1,
  (count) => count,
  (count) => Math.floor(count / 2) + 1,
];

/** Why a signer does not satisfy the policy at a path of the configuration, in Fabric's words. */
export function policyFailure(
  { group, policies, msps }: ChannelConfig,
  path: string,
  signed: SignedData,
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
  const signers = validSigners([signed], msps);
  const satisfied = paths.filter((one) => policies.find(one)?.isSatisfiedBy(signers) === true).length;
  const needed = THRESHOLDS[rule]?.(paths.length) ?? paths.length;
  const requires = `this policy requires ${needed} of the '${subPolicy}' sub-policies to be satisfied`;
  return `implicit policy evaluation failed - ${satisfied} sub-policies were satisfied, but ${requires}`;
}
