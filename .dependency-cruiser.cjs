// The house's floors (docs/architecture.md): each room may use those below it, never one above or beside it.
const rooms = {
  base: [],
  contract: ['base'],
  tools: ['base'],
  containers: ['base'],
  media: ['containers', 'tools', 'base'],
  methods: ['media', 'containers', 'base'],
  seal: ['base'],
  case: ['seal', 'base'],
  examination: ['case', 'methods', 'media', 'containers', 'tools', 'base'],
  report: ['examination', 'case', 'seal', 'methods', 'base'],
  bundle: ['report', 'examination', 'case', 'seal', 'methods', 'base'],
  lab: ['report', 'examination', 'case', 'seal', 'methods', 'media', 'containers', 'tools', 'base'],
  workbench: [
    'contract',
    'bundle',
    'lab',
    'report',
    'examination',
    'case',
    'seal',
    'methods',
    'media',
    'containers',
    'tools',
    'base',
  ],
  cli: ['workbench', 'contract', 'base'],
};

const roomRules = Object.entries(rooms).map(([room, below]) => ({
  name: `${room}-uses-what-is-below-it`,
  severity: 'error',
  comment: `src/${room} may use ${below.map((name) => `src/${name}`).join(', ') || 'nothing of ours'} only`,
  from: { path: `^src/${room}/` },
  to: { path: '^(src|renderer|electron)/', pathNot: `^src/(${[room, ...below].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: 'renderer-knows-contract-and-base-only',
      severity: 'error',
      comment: 'the window has no logic of its own: what matters is an operation of the contract',
      from: { path: '^renderer/' },
      to: { path: '^(src|electron)/', pathNot: '^src/(contract|base)/' },
    },
    {
      name: 'electron-uses-workbench',
      severity: 'error',
      comment: 'the Electron window mounts the workbench and nothing deeper',
      from: { path: '^electron/' },
      to: { path: '^(src|renderer)/', pathNot: '^src/(workbench|contract|base)/' },
    },
    {
      name: 'a-method-never-imports-another',
      severity: 'error',
      comment: 'what two methods share belongs to media, containers or base',
      from: { path: '^src/methods/([^/]+)/' },
      to: { path: '^src/methods/[^/]+/', pathNot: '^src/methods/$1/' },
    },
    {
      name: 'only-tools-starts-processes',
      severity: 'error',
      comment: 'one gate, one sandbox: src/tools',
      from: { path: '^(src|renderer|electron)/', pathNot: '^src/tools/' },
      to: { path: '^(node:)?child_process$|(^|/)node_modules/execa/' },
    },
    {
      name: 'only-seal-knows-certificates',
      severity: 'error',
      comment: 'identities, certificates and signatures live in src/seal',
      from: { path: '^(src|renderer|electron)/', pathNot: '^src/seal/' },
      to: { path: '(^|/)node_modules/(pkijs|asn1js|pvtsutils|@peculiar)/' },
    },
    {
      name: 'nobody-opens-a-socket',
      severity: 'error',
      comment: 'nothing leaves the machine',
      from: { path: '^(src|renderer|electron)/' },
      to: { path: '^(node:)?(net|http|https|http2|dgram|tls|dns|inspector)$' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: '^(src|renderer|electron)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
