import { PassageError } from '../../errors/passage-error.js';
import {
  inspectionResults,
  maxImages,
  model,
  type InspectionRecord,
  type InspectionResult,
  type Model,
} from '../../inspection/inspection-record.js';
import { customsRoles } from '../../party/roles.js';
import { object } from '../../shape/composites.js';
import { sha256Hex } from '../../shape/fields.js';
import { oneOf } from '../../shape/scalars.js';
import { partyCommand } from '../define.js';
import {
  byActor,
  inspectionInput,
  inspectionOfCustoms,
  inspectionReads,
  resultAt,
  written,
  type InspectionInput,
} from './inspection-of.js';

type RecordReadingInput = InspectionInput & {
  readonly image: string;
  readonly model: Model;
  readonly result: InspectionResult;
};

/** Customs records what a program has made of an image, before an analyst says what he sees. */
export const recordReading = partyCommand<RecordReadingInput>({
  name: 'RecordReading',
  roles: customsRoles,
  writes: ['inspection'],
  input: object<RecordReadingInput>(
    { ...inspectionInput, image: sha256Hex, model, result: oneOf(inspectionResults) },
    {},
  ),
  reads: inspectionReads,
  decide(input, actor, view, { timestamp }) {
    const { image, model, result } = input;
    const { record, answer } = inspectionOfCustoms('read', input, actor, view);
    requireImage(record, image);
    const reading = { image, model, result, ...byActor(actor, timestamp) };
    const read = { ...record, readings: [...record.readings, reading] };
    return { writes: [written(read)], result: resultAt(read, answer) };
  },
});

/** @throws PassageError IMAGE_UNKNOWN, TOO_LARGE */
function requireImage({ images, readings }: InspectionRecord, sha256: string): void {
  if (!images.some((image) => image.sha256 === sha256)) {
    throw new PassageError('IMAGE_UNKNOWN', 'The inspection has no such image', { image: sha256 });
  }
  if (readings.length < maxImages) return;
  const message = `An inspection has ${String(maxImages)} readings at most`;
  throw new PassageError('TOO_LARGE', message, { limit: maxImages });
}
