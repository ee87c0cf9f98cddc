export { documentedErrors } from './error-page.js';
export { sharedData, needSharedData } from './shared-data.js';
