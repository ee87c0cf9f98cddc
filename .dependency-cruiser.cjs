/** Who may import whom: the table in docs/architecture.md, checked. A rule forbids everything that the table does not grant. */
const grants = {
  testing: [],
  'portable-crypto': [],
  'batch-ecdsa': [],
  domain: ['portable-crypto'],
  ledger: ['portable-crypto', 'batch-ecdsa'],
  chaincode: ['domain'],
  devices: ['domain'],
  client: ['domain', 'ledger'],
  evidence: ['domain', 'ledger'],
  'evidence-page': ['domain', 'ledger', 'evidence'],
  enrolment: ['ledger'],
  'network/embedded': ['ledger'],
  'network/fabric': ['ledger', 'enrolment'],
  'network/control': [],
  'network/conformance': ['domain', 'ledger', 'network/embedded', 'network/control'],
  'gateway-api': ['domain', 'ledger', 'enrolment', 'evidence'],
  auditor: ['domain', 'ledger', 'evidence', 'chaincode'],
};

const source = (folder) => `^${folder}/src/`;
const test = '(\\.test|/testing/.*)\\.ts$';

/** Packages of ours that `folder` may not reach (tests may also use what a test needs: the stock client, a fixture). */
const forbidden = Object.entries(grants).map(([folder, granted]) => ({
  name: `imports-of-${folder.replace('/', '-')}`,
  severity: 'error',
  comment: `${folder} may import ${granted.length === 0 ? 'no other part' : granted.join(', ')}: see docs/architecture.md`,
  from: { path: source(folder), pathNot: test },
  to: {
    path: `^(${Object.keys(grants)
      .concat('cli', 'demo', 'bench')
      .filter((other) => other !== folder && !granted.includes(other))
      .join('|')})/`,
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...forbidden,
    {
      name: 'pure-packages-do-no-io',
      severity: 'error',
      comment:
        'domain and ledger reach Node only through their #crypto module; ledger/threads starts threads for those who may',
      from: {
        path: '^(domain|ledger|evidence)/src/',
        pathNot: `${test}|/crypto/(node|portable)\\.ts$|^ledger/src/threads/`,
      },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'no-cycles', severity: 'error', from: { pathNot: test }, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'tests-stay-out-of-the-product',
      severity: 'error',
      from: { pathNot: `${test}|^network/conformance/` },
      to: { path: `${test}|^testing/` },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    exclude: { path: ['/dist/', '/build/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'default'] },
  },
};
