import { decode } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import { ImplicitMetaPolicy, ImplicitMetaRule, PolicyType } from '../proto/index.js';
import { readSignaturePolicy } from './signature-policy.js';
import type { ConfigGroup, Policy } from '../proto/index.js';
import type { CompiledPolicy } from './signature-policy.js';

/** Name of the root group in policy paths. */
export const ROOT_GROUP = 'Channel';

/**
 * The policies of a group of the channel configuration and of the groups below it (common/policies/policy.go,
 * ManagerImpl).
 */
export class PolicyTree {
  /** `/Channel/Application`, for example. */
  readonly path: string;
  readonly #policies: ReadonlyMap<string, CompiledPolicy>;
  readonly #groups: ReadonlyMap<string, PolicyTree>;

  /**
   * Compiles every policy of the group and of all groups below.
   *
   * @throws LedgerError INVALID_POLICY with the path of the one that does not compile
   */
  constructor(group: ConfigGroup, path = `/${ROOT_GROUP}`) {
    this.path = path;
    this.#groups = new Map(
      [...group.groups].map(([name, inner]) => [name, new PolicyTree(inner, `${path}/${name}`)]),
    );
    this.#policies = new Map(
      [...group.policies].map(([name, { policy }]) => [name, this.#compile(`${path}/${name}`, policy)]),
    );
  }

  /** The tree of a group below, by the names on the way to it. */
  group(names: readonly string[]): PolicyTree | undefined {
    const [first, ...rest] = names;
    return first === undefined ? this : this.#groups.get(first)?.group(rest);
  }

  /**
   * A policy by its absolute path (`/Channel/Application/Endorsement`) or by its path below this group
   * (`Application/Endorsement`, `Admins`); undefined if there is none: then nobody satisfies it.
   */
  find(path: string): CompiledPolicy | undefined {
    if (path.startsWith('/')) {
      return path.startsWith(`${this.path}/`) ? this.find(path.slice(this.path.length + 1)) : undefined;
    }
    const names = path.split('/');
    const name = names.pop() ?? '';
    const group = this.group(names);
    return group && group.#policies.get(name);
  }

  #compile(path: string, policy: Policy | undefined): CompiledPolicy {
    try {
      switch (policy?.type) {
        case PolicyType.SIGNATURE:
          return readSignaturePolicy(policy.value);
        case PolicyType.IMPLICIT_META:
          return this.#implicit(decode(ImplicitMetaPolicy, policy.value));
        default:
          throw new LedgerError('INVALID_POLICY', 'it is neither a signature policy nor an implicit one');
      }
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      throw new LedgerError('INVALID_POLICY', `${path}: ${error.message}`, { cause: error });
    }
  }

  /** So many of the groups below must have their policy of that name satisfied (common/policies/implicitmeta.go). */
  #implicit({ subPolicy, rule }: ImplicitMetaPolicy): CompiledPolicy {
    const policies = [...this.#groups.values()].map((group) => group.find(subPolicy));
    const threshold = policies.length === 0 ? 0 : thresholdOf(rule, policies.length);
    return {
      isSatisfiedBy: (signers) => {
        let missing = threshold;
        for (const policy of policies) {
          if (missing === 0) break;
          if (policy?.isSatisfiedBy(signers) === true) missing--;
        }
        return missing === 0;
      },
    };
  }
}

function thresholdOf(rule: number, count: number): number {
  switch (rule) {
    case ImplicitMetaRule.ANY:
      return 1;
    case ImplicitMetaRule.ALL:
      return count;
    case ImplicitMetaRule.MAJORITY:
      return Math.floor(count / 2) + 1;
    default:
      throw new LedgerError('INVALID_POLICY', `unknown implicit rule ${rule}`);
  }
}
