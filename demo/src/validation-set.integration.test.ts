import { describeValidationSet } from './testing/validation-set.js';

describeValidationSet(100);
