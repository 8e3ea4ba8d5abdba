import type { Register } from './command.ts';

/**
 * Where each command lives, in the order of the help. Loaded when it is named: reading all of Assay takes longer than many
 * a command.
 */
const commands: Readonly<Record<string, () => Promise<Register>>> = {
  open: async () => (await import('./commands/open.ts')).registerOpen,
  triage: async () => (await import('./commands/triage.ts')).registerTriage,
  new: async () => (await import('./commands/new.ts')).registerNew,
  add: async () => (await import('./commands/add.ts')).registerAdd,
  examine: async () => (await import('./commands/examine.ts')).registerExamine,
  report: async () => (await import('./commands/report.ts')).registerReport,
  sign: async () => (await import('./commands/sign.ts')).registerSign,
  timestamp: async () => (await import('./commands/timestamp.ts')).registerTimestamp,
  verify: async () => (await import('./commands/verify.ts')).registerVerify,
  reproduce: async () => (await import('./commands/reproduce.ts')).registerReproduce,
  validate: async () => (await import('./commands/validate.ts')).registerValidate,
  export: async () => (await import('./commands/export.ts')).registerExport,
  'export-data': async () => (await import('./commands/export-data.ts')).registerExportData,
  import: async () => (await import('./commands/import.ts')).registerImport,
  hashlist: async () => (await import('./commands/hashlist.ts')).registerHashlist,
  methods: async () => (await import('./commands/methods.ts')).registerMethods,
  identity: async () => (await import('./commands/identity.ts')).registerIdentity,
  trust: async () => (await import('./commands/trust.ts')).registerTrust,
  model: async () => (await import('./commands/model.ts')).registerModel,
  doctor: async () => (await import('./commands/doctor.ts')).registerDoctor,
  demo: async () => (await import('./commands/demo.ts')).registerDemo,
  forge: async () => (await import('./commands/forge.ts')).registerForge,
};

/** The command that the first argument names; all of them where it names none, for the help lists them. */
export async function commandsFor(first: string | undefined): Promise<readonly Register[]> {
  const named = first !== undefined && Object.hasOwn(commands, first) ? commands[first] : undefined;
  return Promise.all((named === undefined ? Object.values(commands) : [named]).map((load) => load()));
}
