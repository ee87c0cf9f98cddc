import { status } from '@grpc/grpc-js';
import {
  collectionConfig,
  compileSignaturePolicy,
  isCollectionMember,
  syntheticSigner,
} from '@passage/ledger';
import type { ChaincodeCall, ChaincodeDefinition, ChaincodeInterest, CompiledPolicy } from '@passage/ledger';

import type { PeerParts } from '../endorser/peer-parts.js';
import type { ProposalRound } from '../endorser/round.js';
import { RpcError } from '../grpc/rpc-error.js';
import type { Organization } from '../network.js';
import { endorsementLayouts } from './layouts.js';

/** What Fabric says of a written key whose policy was put on as empty bytes: validation forgets it, discovery does not. */
export const NO_KEY_POLICY = 'state based endorsement policy cannot be satisfied';
export const NO_PLAN = 'no combination of peers can be derived which satisfy the endorsement policy';

/**
 * The sets of organisations that can endorse what a first endorser's simulation showed, best first
 * (F:internal/pkg/gateway/endorse.go, planFromFirstEndorser; F:discovery/endorsement/endorsement.go). Transient data goes to
 * members of the collections that are written and to nobody else.
 *
 * @throws RpcError FAILED_PRECONDITION if there is none
 */
export function planEndorsement(
  parts: PeerParts,
  own: Organization,
  round: ProposalRound,
  interest: ChaincodeInterest | undefined,
): Organization[][] {
  const definition = parts.chaincodes.definition(round.chaincode);
  if (definition === undefined || interest === undefined) return [[own]];
  const { chaincodes: calls } = interest;
  if (calls.some(({ keyPolicies }) => keyPolicies.some(({ rule }) => rule === undefined)))
    throw new RpcError(status.FAILED_PRECONDITION, `${NO_PLAN}: ${NO_KEY_POLICY}`);
  const layoutsFor = (wanted: readonly ChaincodeCall[]): Organization[][] =>
    endorsementLayouts(
      parts.network.organizations.filter((organization) => mayServe(definition, wanted, organization)),
      own,
      sufficesFor(parts, definition, wanted),
    );
  const careful = round.hasTransientData ? calls.map((call) => ({ ...call, noPrivateReads: false })) : calls;
  const layouts = layoutsFor(careful);
  if (layouts.length > 0) return layouts;
  const hidden = careful === calls ? [] : calls.filter(({ noPrivateReads }) => noPrivateReads);
  const isTooCareful = hidden.length > 0 && layoutsFor(calls).length > 0;
  throw new RpcError(status.FAILED_PRECONDITION, isTooCareful ? outsideMembers(hidden) : NO_PLAN);
}

/** Whether a peer may see what the calls read: it belongs to every collection of theirs. */
function mayServe(
  definition: ChaincodeDefinition,
  calls: readonly ChaincodeCall[],
  { mspId }: Organization,
): boolean {
  const read = calls.flatMap(({ noPrivateReads, collectionNames }) =>
    noPrivateReads ? [] : collectionNames,
  );
  return read.every((name) => {
    const rules = collectionConfig(definition, name);
    return rules !== undefined && isCollectionMember(rules, syntheticSigner(mspId, 'peer'));
  });
}

/** Says of sets of organisations whether one peer of each would satisfy every policy that the calls fall under. */
function sufficesFor(
  { access, network }: PeerParts,
  { validationParameter }: ChaincodeDefinition,
  calls: readonly ChaincodeCall[],
): (candidates: readonly Organization[]) => boolean {
  const { state } = network.ledger;
  const policies: CompiledPolicy[] = calls.flatMap((call) => [
    // A collection's policy, which is the chaincode's where it has none of its own, stands in place of it.
    ...(call.disregardNamespacePolicy || call.collectionNames.length > 0
      ? []
      : [access.endorsementPolicy(validationParameter)]),
    ...call.collectionNames.map((name) => access.collectionPolicy(state, call.name, name)),
    ...call.keyPolicies.map(compileSignaturePolicy),
  ]);
  return (candidates) => {
    const signers = candidates.map(({ mspId }) => syntheticSigner(mspId, 'peer'));
    return policies.every((policy) => policy.isSatisfiedBy(signers));
  };
}

function outsideMembers(calls: readonly ChaincodeCall[]): string {
  const names = calls.flatMap(({ collectionNames }) => collectionNames);
  const needs =
    'requires endorsement from organisation(s) that are not in the distribution policy of the private data';
  return `${needs} collection(s): [${names.join(' ')}]; retry specifying trusted endorsing organizations to protect transient data`;
}
