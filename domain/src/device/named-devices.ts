import { isUri } from '../epcis/values.js';
import { list } from '../shape/composites.js';
import { such } from '../shape/scalars.js';

/** The most devices that one edge signer is named for: its record is read with each of its statements. */
const MOST_NAMED = 64;

/** The devices that an edge signer may sign for, each as a URI. */
export const namedDevices = list(such(isUri, 'the URI of a device'), {
  min: 0,
  max: MOST_NAMED,
  distinct: true,
});
