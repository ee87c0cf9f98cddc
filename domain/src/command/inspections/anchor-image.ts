import { transportUnit } from '../../containment/containment-record.js';
import { PassageError } from '../../errors/passage-error.js';
import { notAnImage, readImageClaim } from '../../inspection/image-statement.js';
import { maxImages, type Image, type InspectionRecord } from '../../inspection/inspection-record.js';
import { isCustoms } from '../../party/roles.js';
import { object } from '../../shape/composites.js';
import { such } from '../../shape/scalars.js';
import { keys } from '../../state/keys.js';
import { statementRecordOf } from '../../state/statement-record.js';
import type { WorldView } from '../../state/world-view.js';
import { readStatement } from '../../statement/read-statement.js';
import type { PartyActor } from '../caller.js';
import { partyCommand } from '../define.js';
import { requireAddressee } from './answer-inspection.js';
import {
  byActor,
  inspectionInput,
  inspectionOfCustoms,
  inspectionReads,
  resultAt,
  written,
  type InspectionInput,
} from './inspection-of.js';

type AnchorImageInput = InspectionInput & {
  readonly unit: string;
  /** The scanner's statement as it was signed: the ledger keeps its id alone, and the image stands in its payload. */
  readonly statement: string;
};

/** An image of a chosen unit, by what the scanner has signed of it. */
export const anchorImage = partyCommand<AnchorImageInput>({
  name: 'AnchorImage',
  writes: ['inspection'],
  input: object<AnchorImageInput>(
    { ...inspectionInput, unit: transportUnit, statement: such(() => true, 'a compact JWS') },
    {},
  ),
  reads(input) {
    const { kid, seq } = readStatement(input.statement).header;
    return [...inspectionReads(input), keys.statement(kid, seq), keys.device(kid)];
  },
  decide(input, actor, view, { timestamp }) {
    const { record, answer } = inspectionOfCustoms('anchor', input, actor, view);
    requireOrdered(record, actor);
    const image = { ...imageOf(input, view), ...byActor(actor, timestamp) };
    requireNew(record, image);
    const imaged = { ...record, images: [...record.images, image] };
    return { writes: [written(imaged)], result: { ...resultAt(imaged, answer), image: image.sha256 } };
  },
});

/** Whoever carries the inspection out brings the image, or customs itself. @throws PassageError NOT_ADDRESSEE */
function requireOrdered({ to }: InspectionRecord, { party, role }: PartyActor): void {
  if (!isCustoms(role)) requireAddressee(to, party.partyId);
}

/** @throws PassageError STATEMENT_UNKNOWN, NOT_AN_IMAGE */
function imageOf({ unit, statement }: AnchorImageInput, view: WorldView): Omit<Image, 'by' | 'at'> {
  const { statementId, header, payload } = readStatement(statement);
  const { kid, seq } = header;
  const { id } = statementRecordOf(statementId);
  const recorded = view.get(keys.statement(kid, seq));
  if (recorded?.id !== id) {
    const message = `The ledger does not hold this statement ${String(seq)} of the key ${kid}`;
    throw new PassageError('STATEMENT_UNKNOWN', message, { kid, seq, pointer: '/statement' });
  }
  if (recorded.late === true) throw notAnImage('It was filed late, so it is unproven', '');
  const { units, sha256, uff } = readImageClaim(payload, view.get(keys.device(kid))?.kind ?? '');
  if (!units.includes(unit)) throw notAnImage(`The event is not about ${unit}`, '/epcList');
  return { unit, sha256, uff, kid, seq, statement: id };
}

/** @throws PassageError UNIT_NOT_CHOSEN, IMAGE_ANCHORED, TOO_LARGE */
function requireNew({ choice, images }: InspectionRecord, { unit, sha256 }: Image): void {
  if (choice?.units.includes(unit) !== true) {
    throw new PassageError('UNIT_NOT_CHOSEN', `${unit} was not chosen`, { unit, units: choice?.units ?? [] });
  }
  if (images.some((image) => image.sha256 === sha256)) {
    throw new PassageError('IMAGE_ANCHORED', 'The inspection has this image already', { image: sha256 });
  }
  if (images.length < maxImages) return;
  const message = `An inspection has ${String(maxImages)} images at most`;
  throw new PassageError('TOO_LARGE', message, { limit: maxImages });
}
