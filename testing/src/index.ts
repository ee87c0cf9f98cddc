export { documentedErrors } from './error-page.js';
export { filesOfThreads } from './files-of-threads.js';
export { sharedData, needSharedData } from './shared-data.js';
export { refusalsWithoutNextStep, saysNextStep } from './next-step.js';
