/**
 * The acts that one party may let another do for it. What is left out is a party's own word (revoking its key, what it files
 * as evidence, its mandates) or customs' authority, which nobody hands on.
 */
export const mandatableActs = [
  'RegisterDevice',
  'SuspendDevice',
  'ResumeDevice',
  'RotateDevice',
  'StartEpoch',
  'RecordCalibration',
  'NameDevices',
  'OpenShipment',
  'SplitShipment',
  'MergeShipments',
  'NameParty',
  'OfferHandover',
  'AcceptHandover',
  'RejectHandover',
  'WithdrawHandover',
  'AttachWitness',
  'ReleaseToCarrier',
  'WithdrawRelease',
  'RegisterLot',
  'OfferLot',
  'AcceptLot',
  'RejectLot',
  'WithdrawLotOffer',
  'TransformLots',
  'ShipLot',
  'DrawDownCertificate',
] as const;

export type MandatableAct = (typeof mandatableActs)[number];
