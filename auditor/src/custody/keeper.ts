import { customsMspId, customsPolicy, freedPolicy } from '@passage/domain';
import { keyPolicyIn, readSignaturePolicy, recover, syntheticSigner } from '@passage/ledger';

/**
 * Who has to endorse a change of a key, by its own policy:
 * - customs: customs, and one of port and business
 * - open: any two of the three, as where there is no policy
 * - other: anything else, and what cannot be read
 */
export type Keeper = 'customs' | 'open' | 'other';

const { oneOf } = customsPolicy(customsMspId);
const { twoOf } = freedPolicy(customsMspId);

/** Pairs of organisations, of which customs' policy asks for those with customs. */
const pairs = twoOf.flatMap((one, index) => twoOf.slice(index + 1).map((other) => [one, other] as const));

/**
 * Reads a key's policy by asking it who would do, so that it does not matter how it is written.
 *
 * @param metadata of the state entry; absent where the key has none.
 */
export function keeperOf(metadata: Uint8Array | undefined): Keeper {
  const policy = metadata && keyPolicyIn(metadata);
  if (policy === undefined) return 'open';
  return recover(
    () => {
      const compiled = readSignaturePolicy(policy);
      const suffice = (...mspIds: readonly string[]): boolean =>
        compiled.isSatisfiedBy(mspIds.map((mspId) => syntheticSigner(mspId, 'peer')));
      if (twoOf.some((mspId) => suffice(mspId))) return 'other';
      if (pairs.every((pair) => suffice(...pair))) return 'open';
      const withCustoms = oneOf.every((mspId) => suffice(customsMspId, mspId));
      return withCustoms && !suffice(...oneOf, 'AuditorMSP') ? 'customs' : 'other';
    },
    () => 'other',
  );
}
