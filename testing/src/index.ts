export { documentedErrors } from './error-page.js';
export { sharedData, needSharedData } from './shared-data.js';
export { refusalsWithoutNextStep, saysNextStep } from './next-step.js';
