import { nextVersion } from '../../document/document.js';
import { object } from '../../shape/composites.js';
import { requestId, sha256Hex } from '../../shape/fields.js';
import { ownedId } from '../../shape/owned-id.js';
import { keys } from '../../state/keys.js';
import { anchoringOutcome, ownDocument } from './anchored-document.js';
import { partyCommand } from '../define.js';

type ReviseDocumentInput = {
  readonly requestId: string;
  readonly document: string;
  readonly sha256: string;
};

/** The party that anchored a document anchors a new version of it. */
export const reviseDocument = partyCommand<ReviseDocumentInput>({
  name: 'ReviseDocument',
  writes: ['document', 'anchor'],
  input: object<ReviseDocumentInput>({ requestId, document: ownedId, sha256: sha256Hex }, {}),
  reads: ({ document }) => [keys.document(document)],
  decide: ({ document, sha256 }, actor, view, { timestamp }) =>
    anchoringOutcome(nextVersion(ownDocument(document, actor, view), sha256, timestamp)),
});
