import type { KeyPolicyChange } from '@passage/domain';
import { bytesField, numberField } from './wire.js';

/** msp.MSPRole's PEER: endorsements are peers' signatures. */
export const PEER = 3;

/**
 * A key's policy as Fabric stores it: a serialized common.SignaturePolicyEnvelope (fabric-protos, common/policies.proto) that
 * says AND(allOf peer, OR(oneOf peers…)) or OutOf(2, twoOf peers…), its identities in that order. Fabric's contract API has an
 * encoder, but it can only say "all of".
 */
export function encodeKeyPolicy(policy: KeyPolicyChange): Buffer {
  if ('twoOf' in policy)
    return envelope(
      outOf(
        2,
        policy.twoOf.map((_, index) => signedBy(index)),
      ),
      policy.twoOf,
    );
  const { allOf, oneOf } = policy;
  const others = oneOf.map((_, index) => signedBy(index + 1));
  return envelope(outOf(2, [signedBy(0), outOf(1, others)]), [allOf, ...oneOf]);
}

/** common.SignaturePolicyEnvelope of version 0, which is left out. */
function envelope(rule: Buffer, mspIds: readonly string[]): Buffer {
  const identities = mspIds.map((mspId) => bytesField(3, peerOf(mspId)));
  return Buffer.concat([bytesField(2, rule), ...identities]);
}

/** common.SignaturePolicy: so many of the rules. */
function outOf(n: number, rules: readonly Buffer[]): Buffer {
  return bytesField(2, Buffer.concat([numberField(1, n), ...rules.map((rule) => bytesField(2, rule))]));
}

/** common.SignaturePolicy: the identity at that place. A member of a oneof is written even where it is 0. */
function signedBy(identity: number): Buffer {
  return numberField(1, identity);
}

/** common.MSPPrincipal of the classification ROLE (0, left out): any peer of the organisation. */
function peerOf(mspId: string): Buffer {
  return bytesField(2, Buffer.concat([bytesField(1, Buffer.from(mspId)), numberField(2, PEER)]));
}
