/** What is known of one source of the ledger, since it was last asked. */
export interface SourceState {
  readonly organization: string;
  /** Whether it is this gateway's own organisation, whose blocks the index reads. */
  readonly own: boolean;
  /** Blocks that it says it has; absent until it has answered. */
  readonly height?: number;
  /** The newest block up to which it has the very chain that this gateway has verified. */
  readonly agreesUpTo?: number;
  /** The first block of which it has another header than this gateway has verified. */
  readonly differsAt?: number;
  /** ISO 8601 UTC: when it answered last. */
  readonly checkedAt?: string;
  /** Why it does not answer, while it does not. */
  readonly trouble?: string;
}

/** A fork: two headers of one height, each signed by enough orderers. Nothing behind it can be verified. */
export interface Fork {
  readonly block: number;
  readonly organization: string;
}

/** The sources that have the chain of this gateway up to a block. */
export function agreeing(sources: readonly SourceState[], block: number): readonly SourceState[] {
  return sources.filter(({ agreesUpTo = -1 }) => agreesUpTo >= block);
}
