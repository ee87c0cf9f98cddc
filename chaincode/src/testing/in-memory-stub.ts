import { ChaincodeStub } from 'fabric-shim';
import type { Creator } from './creator.js';
import type { Simulation } from './simulation.js';

/** One transaction proposal. */
export interface Proposal {
  readonly creator: Creator;
  readonly txId: string;
  readonly timestamp: Date;
  /** The transaction's name and its arguments. */
  readonly args: readonly (string | Uint8Array)[];
  readonly transient?: ReadonlyMap<string, Buffer>;
}

/** A stub whose real constructor and methods are the shim's own; only the way to the peer is a simulation. */
const ShimStub = ChaincodeStub as unknown as new (
  handler: Simulation,
  channelId: string,
  txId: string,
  input: { getArgsList_asU8(): readonly Uint8Array[] },
) => ChaincodeStub;

/** Fabric's stub over an in-memory simulation. What the simulation does not know fails as an unknown call. */
export class InMemoryStub extends ShimStub {
  readonly #proposal: Proposal;

  constructor(proposal: Proposal, simulation: Simulation) {
    super(simulation, 'passage-test', proposal.txId, {
      getArgsList_asU8: () => proposal.args.map((argument) => Buffer.from(argument as string)),
    });
    this.#proposal = proposal;
  }

  override getCreator(): Creator {
    return this.#proposal.creator;
  }

  override getTransient(): Map<string, Buffer> {
    return new Map(this.#proposal.transient);
  }

  override getDateTimestamp(): Date {
    return this.#proposal.timestamp;
  }

  override getTxTimestamp(): never {
    throw new Error('the contract reads the time through getDateTimestamp');
  }

  /** The event of the transaction: the last one that was set. */
  event(): { readonly name: string; readonly payload: string } | undefined {
    const { chaincodeEvent } = this as unknown as {
      readonly chaincodeEvent?: { getEventName(): string; getPayload_asU8(): Uint8Array };
    };
    return (
      chaincodeEvent && {
        name: chaincodeEvent.getEventName(),
        payload: Buffer.from(chaincodeEvent.getPayload_asU8()).toString(),
      }
    );
  }
}
