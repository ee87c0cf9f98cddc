export { arrivalPlace, departurePlace } from './find-place.js';
export type { Place } from './place.js';
