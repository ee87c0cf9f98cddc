export { requireExplained } from './assessment.js';
export type { RiskContribution, RiskRecord, RiskScore, RuleSet } from './risk-record.js';
export { riskRules, scoreRisk, type RiskFacts } from './score-risk.js';
