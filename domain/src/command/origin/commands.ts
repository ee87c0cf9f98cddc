import type { Operation } from '../operation.js';
import { drawDownCertificate } from './draw-down-certificate.js';
import { issueCertificate } from './issue-certificate.js';
import { registerLot } from './register-lot.js';
import { resumeCertificate } from './resume-certificate.js';
import { shipLot } from './ship-lot.js';
import { suspendCertificate } from './suspend-certificate.js';
import { transferLot } from './transfer-lot.js';
import { transformLots } from './transform-lots.js';
import { withdrawCertificate } from './withdraw-certificate.js';

/** Lots, and the certificates of origin drawn down for them. */
export const originCommands: readonly Operation[] = [
  registerLot,
  transferLot,
  transformLots,
  shipLot,
  issueCertificate,
  suspendCertificate,
  resumeCertificate,
  withdrawCertificate,
  drawDownCertificate,
];
