import { PassageError } from '../errors/passage-error.js';
import { acceptHandover } from './accept-handover.js';
import { attachWitness } from './attach-witness.js';
import { checkSeal } from './check-seal.js';
import { confirmCompromise } from './confirm-compromise.js';
import { decideAeo } from './decide-aeo.js';
import { openSeal, removeSeal } from './end-seal.js';
import { discloseOpening } from './disclose-opening.js';
import { fileEquivocation } from './file-equivocation.js';
import { fileLateEvidence } from './file-late-evidence.js';
import { fitSeal } from './fit-seal.js';
import { grantMandate } from './grant-mandate.js';
import { init } from './init.js';
import { keepOpenings } from './keep-openings.js';
import { nameParty } from './name-party.js';
import { offerHandover } from './offer-handover.js';
import { openShipment } from './open-shipment.js';
import type { Operation } from './operation.js';
import { detainGoods, placeHold } from './place-hold.js';
import { purgeOpening } from './purge-opening.js';
import { queries } from './queries.js';
import { recordStatements } from './record-statements.js';
import { registerDevice } from './register-device.js';
import { registerParty } from './register-party.js';
import { rejectHandover } from './reject-handover.js';
import { releaseGoods } from './release-goods.js';
import { releaseHold } from './release-hold.js';
import { releaseToCarrier } from './release-to-carrier.js';
import { replaceSeal } from './replace-seal.js';
import { resumeDevice } from './resume-device.js';
import { revokeDevice } from './revoke-device.js';
import { rotateDevice } from './rotate-device.js';
import { startEpoch } from './start-epoch.js';
import { suspendDevice } from './suspend-device.js';
import { updateParty } from './update-party.js';
import { anchorDocument } from './anchor-document.js';
import { reviseDocument } from './revise-document.js';
import { withdrawDocument } from './withdraw-document.js';
import { withdrawHandover } from './withdraw-handover.js';
import { registerLot } from './register-lot.js';
import { transferLot } from './transfer-lot.js';
import { transformLots } from './transform-lots.js';
import { shipLot } from './ship-lot.js';
import { issueCertificate } from './issue-certificate.js';
import { suspendCertificate } from './suspend-certificate.js';
import { resumeCertificate } from './resume-certificate.js';
import { withdrawCertificate } from './withdraw-certificate.js';
import { drawDownCertificate } from './draw-down-certificate.js';
import { lodgeDeclaration } from './lodge-declaration.js';
import { amendDeclaration } from './amend-declaration.js';
import { withdrawDeclaration } from './withdraw-declaration.js';
import { acceptDeclaration } from './accept-declaration.js';
import { withdrawMandate } from './withdraw-mandate.js';
import { withdrawRelease } from './withdraw-release.js';

/** Every act that the ledger knows. Chaincode, gateway and auditor go through this list, so none can forget one. */
export const commands: readonly Operation[] = [
  init,
  registerParty,
  updateParty,
  decideAeo,
  grantMandate,
  withdrawMandate,
  registerDevice,
  suspendDevice,
  resumeDevice,
  rotateDevice,
  startEpoch,
  revokeDevice,
  confirmCompromise,
  openShipment,
  nameParty,
  offerHandover,
  acceptHandover,
  rejectHandover,
  withdrawHandover,
  attachWitness,
  releaseToCarrier,
  withdrawRelease,
  placeHold,
  detainGoods,
  releaseHold,
  releaseGoods,
  fitSeal,
  checkSeal,
  openSeal,
  removeSeal,
  replaceSeal,
  recordStatements,
  fileLateEvidence,
  fileEquivocation,
  anchorDocument,
  reviseDocument,
  withdrawDocument,
  registerLot,
  transferLot,
  transformLots,
  shipLot,
  issueCertificate,
  suspendCertificate,
  resumeCertificate,
  withdrawCertificate,
  drawDownCertificate,
  keepOpenings,
  discloseOpening,
  purgeOpening,
  lodgeDeclaration,
  amendDeclaration,
  withdrawDeclaration,
  acceptDeclaration,
];

/** Every transaction of the contract. */
export const operations: readonly Operation[] = [...commands, ...queries];

const byName = new Map(operations.map((operation) => [operation.name, operation]));

/** @throws PassageError TRANSACTION_UNKNOWN */
export function operationNamed(name: string): Operation {
  const operation = byName.get(name);
  if (operation !== undefined) return operation;
  throw new PassageError('TRANSACTION_UNKNOWN', `The contract has no transaction ${name}`, {
    transaction: name,
  });
}
