export { sharedData, needSharedData } from './shared-data.js';
