export { commit, opens, type CommitmentSubject, type Opening } from './commitment.js';
