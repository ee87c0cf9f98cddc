/**
 * How goods travel: the one-digit mode codes of UNECE Recommendation 19, with names of our own. Code 0 (not specified)
 * is left out: a shipment says how it travels, if only `other`.
 */
export const transportModes = {
  '1': 'sea',
  '2': 'rail',
  '3': 'road',
  '4': 'air',
  '5': 'post',
  '6': 'multimodal',
  '7': 'fixed_installation',
  '8': 'inland_water',
  '9': 'other',
} as const;

export type TransportMode = keyof typeof transportModes;

export const transportModeCodes = Object.keys(transportModes) as readonly TransportMode[];
