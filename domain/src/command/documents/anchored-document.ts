import type { Anchoring } from '../../document/document.js';
import type { DocumentRecord } from '../../document/document-record.js';
import { PassageError } from '../../errors/passage-error.js';
import { requireOwnId } from '../../shape/owned-id.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import type { PartyActor } from '../caller.js';
import type { Outcome } from '../define.js';

/** A document of the party that acts. @throws PassageError ID_NOT_YOURS, DOCUMENT_UNKNOWN */
export function ownDocument(document: string, { party }: PartyActor, view: WorldView): DocumentRecord {
  requireOwnId(document, party.partyId, '/document');
  const record = view.get(keys.document(document));
  if (record !== undefined) return record;
  throw new PassageError('DOCUMENT_UNKNOWN', `No document ${document} was anchored`, { document });
}

/** Both records of an anchored version. */
export function anchoringOutcome({ document, anchor }: Anchoring): Outcome {
  const { document: id, version } = anchor;
  return {
    writes: [entry(keys.document(id), document), entry(keys.anchor(id, version), anchor)],
    result: { document: id, version },
  };
}
