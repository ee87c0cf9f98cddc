/** What a device can be, as long as the parameter `deviceKinds` says nothing else. The word stands in the device's record and in its proof of possession. */
export const deviceKinds = [
  'xray_scanner',
  'ct_scanner',
  'radiation_portal',
  'barcode_reader',
  'qr_reader',
  'rfid_portal',
  'plate_reader',
  'ocr_camera',
  'gps_eseal',
  'condition_sensor',
  'weighbridge',
  'handheld_terminal',
  'business_system',
  'drone',
  'edge_signer',
] as const;

export type DeviceKind = (typeof deviceKinds)[number];
