import {
  ApplicationPolicy,
  ApproveChaincodeDefinitionForMyOrgArgs,
  buildSignaturePolicy,
  CheckCommitReadinessArgs,
  CheckCommitReadinessResult,
  CommitChaincodeDefinitionArgs,
  decode,
  type Encodable,
  encode,
  parsePolicy,
  QueryApprovedChaincodeDefinitionArgs,
  QueryApprovedChaincodeDefinitionResult,
  QueryChaincodeDefinitionArgs,
  QueryChaincodeDefinitionResult,
} from '@passage/ledger';
import { collectionOf } from '@passage/network-embedded/testing';

import type { OrganizationName } from '../network/under-test.js';
import type { Scenario } from '../scenario.js';
import type { Call, Stage } from '../stage.js';
import { COLLECTIONS } from './collections.js';

const EVERYBODY: readonly OrganizationName[] = ['customs', 'port', 'business', 'auditor'];

const CHAINCODE_POLICY = encode(ApplicationPolicy, {
  signaturePolicy: buildSignaturePolicy(
    parsePolicy("OutOf(2, 'CustomsMSP.peer', 'PortMSP.peer', 'BusinessMSP.peer')"),
  ),
});

type Definition = Encodable<CommitChaincodeDefinitionArgs>;

/** The definition that the bring-up committed, one sequence on and with collections. */
function nextDefinition({ chaincode }: Stage['network'], change: Definition = {}): Definition {
  return {
    sequence: 2,
    name: chaincode,
    version: '1',
    validationParameter: CHAINCODE_POLICY,
    collections: {
      config: COLLECTIONS.map((wish) => ({ staticCollectionConfig: collectionOf(wish) })),
    },
    ...change,
  };
}

const lifecycle = (stage: Stage, name: string, args: Uint8Array, rest: Partial<Call> = {}): Call => ({
  chaincode: '_lifecycle',
  name,
  args: [args],
  as: stage.network.organization(rest.at ?? 'customs').admin,
  ...rest,
});

function approval(stage: Stage, at: OrganizationName, definition: Definition): Call {
  const args = encode(ApproveChaincodeDefinitionForMyOrgArgs, {
    ...definition,
    source: { localPackage: { packageId: stage.network.packageId } },
  });
  return lifecycle(stage, 'ApproveChaincodeDefinitionForMyOrg', args, { at, endorsers: [at] });
}

const commitment = (
  stage: Stage,
  definition: Definition,
  endorsers: readonly OrganizationName[] = EVERYBODY,
): Call =>
  lifecycle(stage, 'CommitChaincodeDefinition', encode(CommitChaincodeDefinitionArgs, definition), {
    endorsers,
  });

async function readiness(stage: Stage, step: string, definition: Definition): Promise<void> {
  const args = encode(CheckCommitReadinessArgs, definition);
  await stage.evaluated(step, lifecycle(stage, 'CheckCommitReadiness', args), (bytes) => {
    const { approvals, mismatches } = decode(CheckCommitReadinessResult, bytes);
    return stage.normalizer.value({ approvals: sorted(approvals), mismatches: sorted(mismatches) });
  });
}

const sorted = (map: ReadonlyMap<string, unknown>): unknown[] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1));

/** Definitions of chaincode: approved by each, committed by enough, upgraded. */
export const lifecycleScenarios: readonly Scenario[] = [
  {
    name: 'an upgrade of the definition, with collections',
    async play(stage: Stage): Promise<void> {
      const next = nextDefinition(stage.network);
      const approve = (step: string, at: OrganizationName, definition = next): Promise<void> =>
        stage.submit(step, approval(stage, at, definition));
      await readiness(stage, 'nobody has approved', next);
      await stage.submit('committed too early', commitment(stage, next));
      await approve('a sequence too far', 'customs', nextDefinition(stage.network, { sequence: 3 }));
      await approve('a sequence that is in force', 'customs', nextDefinition(stage.network, { sequence: 1 }));
      await stage.submit('approved by a client', {
        ...approval(stage, 'customs', next),
        as: stage.client('customs'),
      });
      await stage.submit('approved for another', {
        ...approval(stage, 'customs', next),
        endorsers: ['port'],
      });
      for (const name of EVERYBODY) await approve(`approved by ${name}`, name);
      await approve('approved twice', 'port');
      await readiness(stage, 'all have approved', next);
      await readiness(
        stage,
        'all have approved something else',
        nextDefinition(stage.network, { version: '2' }),
      );
      await stage.submit('committed by too few', commitment(stage, next, ['port', 'business']));
      await stage.submit('committed with a mistake', commitment(stage, { ...next, version: '2' }));
      await stage.submit('committed', commitment(stage, next));
      await stage.until({ name: 'get', args: ['a'], endorsers: EVERYBODY });
      await stage.submit('committed twice', commitment(stage, next));
    },
  },
  {
    name: 'queries of definitions',
    async play(stage: Stage): Promise<void> {
      const { chaincode } = stage.network;
      const query = (name: string): Call =>
        lifecycle(stage, 'QueryChaincodeDefinition', encode(QueryChaincodeDefinitionArgs, { name }));
      await stage.evaluated('the committed one', query(chaincode), (bytes) => {
        const { approvals, ...definition } = decode(QueryChaincodeDefinitionResult, bytes);
        return stage.normalizer.value({ ...definition, approvals: sorted(approvals) });
      });
      await stage.evaluate('one that nobody has defined', query('elsewhere'));
      const approved = (sequence: number): Call =>
        lifecycle(
          stage,
          'QueryApprovedChaincodeDefinition',
          encode(QueryApprovedChaincodeDefinitionArgs, { name: chaincode, sequence }),
        );
      await stage.evaluated('the approved one', approved(2), (bytes) =>
        stage.normalizer.value(decode(QueryApprovedChaincodeDefinitionResult, bytes)),
      );
      await stage.evaluate('one that was not approved', approved(9));
      await stage.evaluate('an unknown question', lifecycle(stage, 'QueryNothing', new Uint8Array()));
      await stage.evaluate('arguments that are none', {
        ...lifecycle(stage, 'QueryChaincodeDefinition', Buffer.from('ffff', 'hex')),
      });
    },
  },
];
