import type { DeviceRecord } from '../../device/device-record.js';
import { PassageError } from '../../errors/passage-error.js';
import { object } from '../../shape/composites.js';
import { requestId } from '../../shape/fields.js';
import { mapped } from '../../shape/shape.js';
import { partyCommand } from '../define.js';
import { requireOwner } from '../devices/owned-device.js';
import { batchReads, batchTexts, decideBatch, readBatch, type Batch } from './statement-batch.js';

type FileLateEvidenceInput = { readonly requestId: string; readonly statements: Batch };

/**
 * The owner of a revoked key files statements that the key has signed and that never arrived. They are recorded and marked:
 * whoever has the stolen key could have made them, so they prove nothing by themselves.
 */
export const fileLateEvidence = partyCommand<FileLateEvidenceInput>({
  name: 'FileLateEvidence',
  writes: ['statement'],
  input: object<FileLateEvidenceInput>({ requestId, statements: mapped(batchTexts, readBatch) }, {}),
  reads: ({ statements }) => batchReads(statements),
  decide({ statements }, { party }, view) {
    const { writes, results } = decideBatch(statements, view, {
      late: (device) => {
        requireOwner(device, party.partyId);
        requireRevoked(device);
      },
    });
    return { writes, result: { results } };
  },
});

function requireRevoked({ kid, status }: DeviceRecord): void {
  if (status === 'revoked') return;
  throw new PassageError('NOT_REVOKED', `The key ${kid} is ${status}, not revoked`, { kid, status });
}
