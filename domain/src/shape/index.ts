export { list, object } from './composites.js';
export { sha256Base64url, sha256Hex } from './fields.js';
export { constant, flag, integer, line, oneOf, such } from './scalars.js';
export { mapped, readShape, readWith, type Shape } from './shape.js';
