export { arrivalPlace, departurePlace, type FoundPlace, type PlaceRule } from './find-place.js';
export type { Place } from './place.js';
