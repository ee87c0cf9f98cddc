import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const clock = 'A rule may not read a clock: take the time as an argument (the transaction’s timestamp).';
const chance = 'A rule may not draw at random: every endorser must reach the same bytes.';
const locale = 'A rule may not depend on a locale or a time zone: compare by code point, write ISO 8601 UTC.';

/** What would let two endorsers, or yesterday's endorser and today's auditor, reach different bytes. */
const nondeterminism = {
  'no-restricted-globals': [
    'error',
    { name: 'performance', message: clock },
    {
      name: 'crypto',
      message: 'Use the #crypto module: one synchronous place that a browser build can swap.',
    },
    { name: 'Intl', message: locale },
    { name: 'process', message: 'A rule may not look at its surroundings.' },
    { name: 'fetch', message: 'A rule may not do I/O.' },
    { name: 'setTimeout', message: clock },
    { name: 'setInterval', message: clock },
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: clock },
    { object: 'Math', property: 'random', message: chance },
    ...[
      'localeCompare',
      'toLocaleString',
      'toLocaleDateString',
      'toLocaleTimeString',
      'toLocaleLowerCase',
      'toLocaleUpperCase',
    ].map((property) => ({ property, message: locale })),
  ],
  'no-restricted-syntax': [
    'error',
    { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: clock },
    { selector: 'CallExpression[callee.name="Date"]', message: clock },
  ],
};

/** What runs in browsers as well: Node's own globals are not there. */
const nodeGlobals = ['Buffer', 'setImmediate', '__dirname', 'require'].map((name) => ({
  name,
  message: 'This runs in browsers, too: take what both have (Uint8Array, TextEncoder, …).',
}));

export default defineConfig(
  { ignores: ['**/dist/**', 'chaincode/build/**', '**/node_modules/**', '.passage/**', 'coverage/**'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      complexity: ['error', 12],
      eqeqeq: 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: [
      'evidence/src/**/*.ts',
      'evidence-page/src/browser/**/*.ts',
      'client/src/**/*.ts',
      'portable-crypto/src/**/*.ts',
    ],
    ignores: ['**/*.test.ts', '**/testing/**'],
    rules: { 'no-restricted-globals': ['error', 'process', ...nodeGlobals] },
  },
  {
    files: ['domain/src/**/*.ts', 'ledger/src/**/*.ts', 'chaincode/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing/**', 'chaincode/src/main.ts', '**/crypto/node.ts'],
    rules: nondeterminism,
  },
  {
    files: ['domain/src/**/*.ts', 'ledger/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing/**', '**/crypto/node.ts', 'ledger/src/threads/**'],
    rules: { 'no-restricted-globals': [...nondeterminism['no-restricted-globals'], ...nodeGlobals] },
  },
  {
    files: ['**/*.test.ts', '**/testing/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
