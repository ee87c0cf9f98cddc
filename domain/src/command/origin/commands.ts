import type { Operation } from '../operation.js';
import { acceptLot } from './accept-lot.js';
import { drawDownCertificate } from './draw-down-certificate.js';
import { issueCertificate } from './issue-certificate.js';
import { offerLot } from './offer-lot.js';
import { registerLot } from './register-lot.js';
import { rejectLot } from './reject-lot.js';
import { resumeCertificate } from './resume-certificate.js';
import { shipLot } from './ship-lot.js';
import { suspendCertificate } from './suspend-certificate.js';
import { transformLots } from './transform-lots.js';
import { withdrawCertificate } from './withdraw-certificate.js';
import { withdrawLotOffer } from './withdraw-lot-offer.js';

/** Lots, and the certificates of origin drawn down for them. */
export const originCommands: readonly Operation[] = [
  registerLot,
  offerLot,
  acceptLot,
  rejectLot,
  withdrawLotOffer,
  transformLots,
  shipLot,
  issueCertificate,
  suspendCertificate,
  resumeCertificate,
  withdrawCertificate,
  drawDownCertificate,
];
