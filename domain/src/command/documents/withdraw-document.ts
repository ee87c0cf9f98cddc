import { withdrawn } from '../../document/document.js';
import { object } from '../../shape/composites.js';
import { reason, requestId } from '../../shape/fields.js';
import { ownedId } from '../../shape/owned-id.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { ownDocument } from './anchored-document.js';
import { partyCommand } from '../define.js';

type WithdrawDocumentInput = {
  readonly requestId: string;
  readonly document: string;
  readonly reason: string;
};

/** The party that anchored a document takes it back. Its versions stay where they are, and are shown as withdrawn. */
export const withdrawDocument = partyCommand<WithdrawDocumentInput>({
  name: 'WithdrawDocument',
  writes: ['document'],
  input: object<WithdrawDocumentInput>({ requestId, document: ownedId, reason }, {}),
  reads: ({ document }) => [keys.document(document)],
  decide({ document, reason }, actor, view, { timestamp }) {
    const record = withdrawn(ownDocument(document, actor, view), reason, timestamp);
    return {
      writes: [entry(keys.document(document), record)],
      result: { document, version: record.version },
    };
  },
});
