import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';

import { ChainReader } from './chain-reader.js';
import { ConsolidationReader } from './consolidation-reader.js';
import { CorrectionReader } from './correction-reader.js';
import { CustomsReader } from './customs-reader.js';
import { DeclarationReader } from './declaration-reader.js';
import { DeviceReader } from './device-reader.js';
import { DisputeReader } from './dispute-reader.js';
import { DocumentReader } from './document-reader.js';
import { EventReader } from './event-reader.js';
import { LedgerEventReader } from './ledger-event-reader.js';
import { FeedReader } from './feed-reader.js';
import { HandoverReader } from './handover-reader.js';
import { InspectionReader } from './inspection-reader.js';
import { rowsKnownAt } from './known-at.js';
import { JourneyReader } from './journey-reader.js';
import { LineageReader } from './lineage-reader.js';
import { OpeningReader } from './opening-reader.js';
import { ParameterReader } from './parameter-reader.js';
import { OriginReader } from './origin-reader.js';
import { PartyReader } from './party-reader.js';
import { RowsInFront } from './rows-in-front.js';
import { RiskReader } from './risk-reader.js';
import { SealReader } from './seal-reader.js';
import { ShipmentReader } from './shipment-reader.js';
import { StatementReader } from './statement-reader.js';
import { UnitReader } from './unit-reader.js';
import { rowsSeen, rowsSeenOfOne } from '../sight/rows-seen.js';
import type { PartOfLedger, Sight } from '../sight/sight.js';
import type { IndexDatabase } from './tables/index.js';

/** How many kinds of sight have a reader at hand. */
const MOST_SIGHTS = 1_000;

/** Which of the index's rows are read; all as they stand now where it says nothing. */
interface View {
  /** As they stood after this block. */
  readonly block?: number;
  /** Only what a caller may see. */
  readonly sight?: Sight;
}

/** What the gateway reads from its index, by subject. Nothing here writes. */
export class IndexReader {
  readonly chain: ChainReader;
  readonly consolidations: ConsolidationReader;
  readonly corrections: CorrectionReader;
  readonly customs: CustomsReader;
  readonly declarations: DeclarationReader;
  readonly devices: DeviceReader;
  readonly disputes: DisputeReader;
  readonly documents: DocumentReader;
  readonly events: EventReader;
  readonly ledgerEvents: LedgerEventReader;
  readonly feed: FeedReader;
  readonly handovers: HandoverReader;
  readonly inspections: InspectionReader;
  readonly journeys: JourneyReader;
  readonly lineage: LineageReader;
  readonly openings: OpeningReader;
  readonly origin: OriginReader;
  readonly parameters: ParameterReader;
  readonly parties: PartyReader;
  readonly risks: RiskReader;
  readonly seals: SealReader;
  readonly shipments: ShipmentReader;
  readonly statements: StatementReader;
  readonly units: UnitReader;
  readonly #whole: Kysely<IndexDatabase>;
  readonly #view: View;
  readonly #bySight = new Map<string, IndexReader>();

  constructor(whole: Kysely<IndexDatabase>, view: View = {}) {
    this.#whole = whole;
    this.#view = view;
    const rows = viewed(whole, view);
    this.chain = new ChainReader(rows);
    this.consolidations = new ConsolidationReader(rows);
    this.corrections = new CorrectionReader(rows);
    this.customs = new CustomsReader(rows);
    this.declarations = new DeclarationReader(rows);
    this.devices = new DeviceReader(rows);
    this.disputes = new DisputeReader(rows);
    this.documents = new DocumentReader(rows);
    this.events = new EventReader(rows);
    this.ledgerEvents = new LedgerEventReader(rows);
    this.feed = new FeedReader(rows);
    this.handovers = new HandoverReader(rows);
    this.inspections = new InspectionReader(rows);
    this.journeys = new JourneyReader(rows);
    this.lineage = new LineageReader(rows);
    this.openings = new OpeningReader(rows);
    this.origin = new OriginReader(rows);
    this.parameters = new ParameterReader(rows);
    this.parties = new PartyReader(rows);
    this.risks = new RiskReader(rows);
    this.seals = new SealReader(rows);
    this.shipments = new ShipmentReader(rows, viewed(whole, view, ShipmentReader.ucr));
    this.statements = new StatementReader(rows);
    this.units = new UnitReader(rows);
  }

  /** Whether risk is for the eyes of whoever asks: customs' and the auditor's alone. */
  get seesRisk(): boolean {
    const { sight = 'everything' } = this.#view;
    return sight === 'everything' || sight.isCustoms;
  }

  /** Whether whoever asks is shown everything, as an auditor is. */
  get seesEverything(): boolean {
    return (this.#view.sight ?? 'everything') === 'everything';
  }

  /** Whether what is noticed of the ledger itself is for the eyes of whoever asks. */
  get seesLedgerAlerts(): boolean {
    return this.seesRisk;
  }

  /** The same, as the index stood after an earlier block: what the ledger said then, whatever was written since. */
  knownAt(block: number): IndexReader {
    return new IndexReader(this.#whole, { ...this.#view, block });
  }

  /**
   * The same, with those rows only that a caller may see: what is not seen is not there. Callers who see alike share one reader,
   * with what it has put into SQL; it remembers no rows.
   */
  seenBy(sight: Sight): IndexReader {
    const name = JSON.stringify(sight);
    const known = this.#bySight.get(name);
    if (known) return known;
    const made = new IndexReader(this.#whole, { ...this.#view, sight });
    if (this.#bySight.size >= MOST_SIGHTS) this.#bySight.clear();
    this.#bySight.set(name, made);
    return made;
  }
}

/** With `ucr`, for queries about one consignment. */
function viewed(
  whole: Kysely<IndexDatabase>,
  { block, sight = 'everything' }: View,
  ucr?: RawBuilder<string>,
): Kysely<IndexDatabase> {
  if (block === undefined && sight === 'everything') return whole;
  const seen = (table: keyof IndexDatabase, rows: RawBuilder<unknown>, by: PartOfLedger) =>
    ucr === undefined ? rowsSeen(table, rows, by) : rowsSeenOfOne(table, rows, by, ucr);
  return whole.withPlugin(
    new RowsInFront((table) => {
      const known = block === undefined ? undefined : rowsKnownAt(table, block);
      const rows = known ?? sql`SELECT * FROM ${sql.table(`main.${table}`)}`;
      return (sight === 'everything' ? undefined : seen(table, rows, sight)) ?? known;
    }),
  );
}
