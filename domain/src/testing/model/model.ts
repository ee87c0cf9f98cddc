import fc from 'fast-check';
import type { InspectionKind, InspectionResult } from '../../inspection/inspection-record.js';
import type { InspectionStatus } from '../../inspection/inspection-steps.js';
import type { Procedure } from '../../declaration/declaration-record.js';
import { stepsOf, type Member } from './step.js';

/** What a step draws from: few names, so that steps meet. */
export const opened = ['6KRIMPORTER1-A', '6KRIMPORTER1-B'] as const;
export const parts = ['6KRIMPORTER1-P1', '6KRIMPORTER1-P2'] as const;
export const whole = '6KRIMPORTER1-W';
export const ucrs = [...opened, ...parts, whole] as const;
export const containers = ['CSQU3054383', 'MWCU6059784'] as const;
export const lotNames = ['A', 'B', 'C'] as const;

/** Any consignment, the first of them mostly. */
export const anyUcr: fc.Arbitrary<string> = fc.constantFrom(opened[0], opened[0], opened[0], ...ucrs);

/** A number that counts from 1, mostly that. */
export const anyNumber: fc.Arbitrary<number> = fc.constantFrom(1, 1, 1, 2, 3);

/** How much of its goods a consignment is opened with. */
export const openedQuantity = 6;

/** A hold: of the whole consignment, or of what lies in one container. */
export interface ModelHold {
  readonly number: number;
  readonly container?: string;
  /** The officer who proposed its release. */
  readonly proposedBy?: Member;
}

/** An inspection by its status; the rest is what the next step depends on. */
export interface ModelInspection {
  readonly kind: InspectionKind;
  status: InspectionStatus;
  isAnswered: boolean;
  readonly readings: InspectionResult[];
  judgedBy?: Member;
}

/** What came of inspections: by which of the consignment's own, if by one of them. */
export interface ModelFinding {
  readonly result: InspectionResult;
  readonly inspection: number | undefined;
}

/** What the ledger has to know of one consignment, in the plainest words. */
export interface ModelShipment {
  custodian: Member;
  /** Offered to whom, under which number. */
  offered: { readonly to: Member; readonly number: number } | undefined;
  offers: number;
  holds: readonly ModelHold[];
  placed: number;
  released: boolean;
  /** The officer who proposed that the goods are released. */
  proposedBy: Member | undefined;
  finding: ModelFinding | undefined;
  procedure: Procedure | undefined;
  /** In the order of their numbers. */
  readonly inspections: ModelInspection[];
  /** How many packages lie in which container. */
  readonly packages: Map<string, number>;
  readonly quantity: number;
  /** What it became, once it was split or merged. */
  into: readonly string[];
}

/** A lot: whose it is, how much was made, is left, and is under certificates. */
export interface ModelLot {
  readonly holder: Member;
  readonly made: number;
  left: number;
  certified: number;
}

/** A certificate: for how much, and what is left of it. */
export interface ModelCertificate {
  readonly lot: string;
  left: number;
  status: 'valid' | 'suspended' | 'withdrawn';
}

/** A declaration: of what, for which procedure, and whether customs has accepted it. */
export interface ModelDeclaration {
  readonly ucr: string;
  readonly procedure: Procedure;
  accepted: boolean;
}

/** Custody, customs, containment and quantities, without any of the ledger's own rules. */
export class Model {
  readonly shipments = new Map<string, ModelShipment>();
  readonly lots = new Map<string, ModelLot>();
  readonly certificates = new Map<string, ModelCertificate>();
  readonly declarations = new Map<string, ModelDeclaration>();
  registered = 0;
  shipped = 0;
  /** What went into transformations and did not come out. */
  wasted = 0;

  /** A consignment that did not go on in others. */
  standing(ucr: string): ModelShipment | undefined {
    const shipment = this.shipments.get(ucr);
    return shipment?.into.length === 0 ? shipment : undefined;
  }

  /** Whether any of a consignment is held. */
  isHeld(ucr: string): boolean {
    return (this.shipments.get(ucr)?.holds.length ?? 0) > 0;
  }

  /** Whether a hold, also one on what became of the consignment, keeps what lies in a container. */
  isKept(ucr: string, container: string): boolean {
    const { holds = [], into = [] } = this.shipments.get(ucr) ?? {};
    const own = holds.some((hold) => hold.container === undefined || hold.container === container);
    return own || into.some((heir) => this.isKept(heir, container));
  }

  /** Who is named in each consignment of the model, whoever has it. */
  static readonly named: readonly Member[] = ['IMPORTER1', 'BROKER1', 'SELLER1'];

  /** A consignment that nothing has happened to yet. */
  static fresh(custodian: Member, quantity: number): ModelShipment {
    return {
      custodian,
      offered: undefined,
      offers: 0,
      holds: [],
      placed: 0,
      released: false,
      proposedBy: undefined,
      finding: undefined,
      procedure: undefined,
      inspections: [],
      packages: new Map(),
      quantity,
      into: [],
    };
  }
}

export const step = stepsOf<Model>();
