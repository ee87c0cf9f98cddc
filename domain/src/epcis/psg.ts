import { ucrOfUri } from '../identifiers/ucr.js';

/** The prefix of what we add to EPCIS, and what it stands for. */
export const PSG_PREFIX = 'psg';
export const PSG_NAMESPACE = 'urn:passage:voc:';

/** The type of a business transaction that is a consignment, named by its UCR. */
export const PSG_UCR = 'psg:ucr';

/** A plate that was read, as a commitment (see `commit`); a plate never stands in clear. */
export const PSG_LICENCE_PLATE_COMMITMENT = 'psg:licencePlateCommitment';

/** Which lots of the ledger a TransformationEvent is about (see `LotTransformation`). */
export const PSG_TRANSFORMATION = 'psg:transformation';

/** For which device that signs nothing itself the signer of an event speaks: a URI. Only edge signers have such devices. */
export const PSG_SIGNED_FOR = 'psg:signedFor';

/** The type of a sensor report about an image file, and the version of the WCO's Unified File Format that it is in. */
export const PSG_IMAGE = 'psg:image';
export const PSG_UFF = 'psg:uff';

/** The `@context` that a device writes into an event which uses our words. Nobody has to load anything to read it. */
export const psgContext = [
  'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  { [PSG_PREFIX]: PSG_NAMESPACE },
] as const;

/** Whether a business transaction's type says that it is a consignment, as a CURIE or written out. */
export function isUcrType(type: unknown): boolean {
  return type === PSG_UCR || type === `${PSG_NAMESPACE}ucr`;
}

/** The UCR that a business transaction names, or undefined where it is about something else. */
export function ucrOfTransaction(type: unknown, bizTransaction: unknown): string | undefined {
  return isUcrType(type) && typeof bizTransaction === 'string' ? ucrOfUri(bizTransaction) : undefined;
}
