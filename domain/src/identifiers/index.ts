export {
  containerCheckDigit,
  containerEpc,
  containerOfEpc,
  isContainerNumber,
  parseContainerNumber,
  type ContainerNumber,
} from './container.js';
export { isCountryCode, isPlace, isUnLocode, unlocodeIn, type GeoPoint } from './place.js';
export { gs1CheckDigit, isGln, isGsin, isGtin, isSscc } from './gs1-key.js';
export { hsEditions, isHsCode, isHsEdition, type HsEdition } from './hs-code.js';
export { isUcr, parseUcr, ucr, ucrOfUri, ucrUri, type Ucr } from './ucr.js';
export {
  canCarry,
  isImoNumber,
  isTransportUnit,
  unitKinds,
  unitOfUri,
  unitUri,
  type UnitKind,
} from './transport-unit.js';
