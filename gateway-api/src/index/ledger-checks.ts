/** What is checked of the chain by `@passage/ledger`, and what this gateway does not check yet. */
export const ledgerChecks = {
  checks: [
    'data-hash',
    'chain-link',
    'orderer-quorum',
    'form',
    'creator-signature',
    'endorsement-policy',
    'versions',
    'commit-hash',
  ],
  notChecked: ['whether the chaincode run again gives the same writes: the auditor does that'],
} as const;
