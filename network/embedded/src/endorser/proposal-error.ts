/**
 * A proposal that a peer does not run. `filter`: a filter before the endorser refused it (identity expired, clock off),
 * which a gateway cannot tell from a peer that is away; `check`: the endorser itself did, and no other peer would do
 * better. The message is Fabric's.
 */
export class ProposalError extends Error {
  readonly stage: 'filter' | 'check';

  constructor(stage: 'filter' | 'check', message: string) {
    super(message);
    this.name = 'ProposalError';
    this.stage = stage;
  }
}
