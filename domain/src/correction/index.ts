export { correctiveIds, declaredError, eventIdOf, isErrorDeclaration } from './correction.js';
