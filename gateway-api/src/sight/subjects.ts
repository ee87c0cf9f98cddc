import type { IndexDatabase } from '../index/tables/index.js';

/**
 * What a table's rows are about, and so who sees them:
 * `registry` everyone who has a token; `consignment` whoever sees the consignment of column `ucr`; the others as rows-seen.ts says.
 */
export type Subject =
  | 'registry'
  | 'consignment'
  | 'acceptance'
  | 'assessment'
  | 'statement'
  | 'equivocation'
  | 'master'
  | 'consolidation'
  | 'seal'
  | 'sealcheck'
  | 'mandate'
  | 'document'
  | 'anchor'
  | 'lot'
  | 'link'
  | 'transformation'
  | 'certificate'
  | 'drawdown'
  | 'history'
  | 'customs'
  | 'nobody';

/** Who sees what, table by table. A new table does not compile without its line here. */
export const subjects: { readonly [Table in keyof IndexDatabase]: Subject } = {
  // Blocks and transactions name no goods; they are reached through the rows that they wrote.
  block: 'registry',
  transaction: 'registry',
  request: 'registry',
  head: 'registry',
  // Who takes part, with which keys, by which rules: whoever checks a signature needs it.
  party: 'registry',
  aeo: 'registry',
  device: 'registry',
  parameters: 'registry',
  proposal: 'registry',
  approval: 'registry',
  // Which copies are kept, without what they say: `openingsDue` shows an organisation its own alone.
  opening_step: 'registry',
  mandate: 'mandate',
  equivocation: 'equivocation',
  shipment: 'consignment',
  naming: 'consignment',
  custody: 'consignment',
  event: 'consignment',
  handover: 'consignment',
  witness: 'consignment',
  pickup: 'consignment',
  containment: 'consignment',
  customs: 'consignment',
  hold: 'consignment',
  declaration: 'consignment',
  acceptance: 'acceptance',
  // Whom customs suspects, and why, is not for the suspect.
  risk: 'assessment',
  inspection: 'consignment',
  acknowledgement: 'consignment',
  dispute: 'consignment',
  ruling: 'consignment',
  forgery: 'customs',
  statement: 'statement',
  mention: 'statement',
  epcis_term: 'statement',
  correction: 'statement',
  corrective: 'statement',
  master: 'master',
  consolidation: 'consolidation',
  seal: 'seal',
  sealcheck: 'sealcheck',
  document: 'document',
  anchor: 'anchor',
  lot: 'lot',
  lineage: 'link',
  transformation: 'transformation',
  certificate: 'certificate',
  drawdown: 'drawdown',
  history: 'history',
  // The tree is read whole; whoever asks for a proof has to see the event itself.
  tree_node: 'registry',
  ledger_event: 'nobody',
  event_about: 'nobody',
  record_naming: 'nobody',
  // No answer reads them as they are.
  state: 'nobody',
  sight: 'nobody',
};
