import type { Operation } from '../operation.js';
import { acceptHandover } from './accept-handover.js';
import { attachWitness } from './attach-witness.js';
import { offerHandover } from './offer-handover.js';
import { rejectHandover } from './reject-handover.js';
import { releaseToCarrier } from './release-to-carrier.js';
import { withdrawHandover } from './withdraw-handover.js';
import { withdrawRelease } from './withdraw-release.js';

/** Custody from hand to hand, and release to a carrier. */
export const handoverCommands: readonly Operation[] = [
  offerHandover,
  acceptHandover,
  rejectHandover,
  withdrawHandover,
  attachWitness,
  releaseToCarrier,
  withdrawRelease,
];
