/** Policies of a peer's services where the channel says nothing else (core/aclmgmt/defaultaclprovider.go). */
const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ...[
    '_lifecycle/CommitChaincodeDefinition',
    '_lifecycle/QueryChaincodeDefinition',
    '_lifecycle/QueryChaincodeDefinitions',
    '_lifecycle/CheckCommitReadiness',
    'peer/Propose',
    'peer/ChaincodeToChaincode',
  ].map((resource) => [resource, '/Channel/Application/Writers'] as const),
  ...[
    'qscc/GetChainInfo',
    'qscc/GetBlockByNumber',
    'qscc/GetBlockByHash',
    'qscc/GetTransactionByID',
    'qscc/GetBlockByTxID',
    'cscc/GetConfigBlock',
    'cscc/GetChannelConfig',
    'event/Block',
    'event/FilteredBlock',
    'gateway/CommitStatus',
    'gateway/ChaincodeEvents',
  ].map((resource) => [resource, '/Channel/Application/Readers'] as const),
]);

/** Path of the policy for a resource, undefined for a resource that does not exist. */
export function aclPolicyPath(acls: ReadonlyMap<string, string>, resource: string): string | undefined {
  const path = acls.get(resource) ?? DEFAULTS.get(resource);
  // A bare name in the configuration is one of the Application group's policies.
  return path === undefined || path.startsWith('/') ? path : `/Channel/Application/${path}`;
}
