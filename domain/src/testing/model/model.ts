import type { CastMember } from '../cast.js';

/** A hold: of the whole consignment, or of what lies in one container. */
export interface ModelHold {
  readonly number: number;
  readonly container?: string;
}

/** What the ledger has to know of one consignment, in the plainest words. */
export interface ModelShipment {
  custodian: CastMember;
  /** Offered to whom, under which number. */
  offered: { readonly to: CastMember; readonly number: number } | undefined;
  offers: number;
  holds: readonly ModelHold[];
  placed: number;
  released: boolean;
  /** How many packages lie in which container. */
  readonly packages: Map<string, number>;
}

/** A lot: whose it is, and how much was made and is left. */
export interface ModelLot {
  readonly holder: CastMember;
  readonly made: number;
  left: number;
}

/** Custody, holds, containment and quantities, without any of the ledger's own code. */
export class Model {
  readonly shipments = new Map<string, ModelShipment>();
  readonly lots = new Map<string, ModelLot>();
  registered = 0;
  shipped = 0;
  /** What went into transformations and did not come out. */
  wasted = 0;

  /** Whether any of a consignment is held. */
  isHeld(ucr: string): boolean {
    return (this.shipments.get(ucr)?.holds.length ?? 0) > 0;
  }

  /** Whether a hold keeps what lies in a container. */
  isKept(ucr: string, container: string): boolean {
    const holds = this.shipments.get(ucr)?.holds ?? [];
    return holds.some((hold) => hold.container === undefined || hold.container === container);
  }

  /** Who is named in each consignment of the model, whoever has it. */
  static readonly named: readonly CastMember[] = ['IMPORTER1', 'BROKER1', 'SELLER1'];
}
