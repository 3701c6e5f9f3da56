// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of code
import type { Planted } from '../planted.ts';

/** The hands, the decisions, and the owner between them and the engine. */
export const IN_SERVICES: readonly Planted[] = [
  {
    name: 'retry on the dead connection',
    promise: 'F03',
    file: 'src/engines/lineage.ts',
    find: 'const second = await source.usable();',
    replace: 'const second = first;',
  },
  {
    name: 'a lost answer counts as nothing landed',
    promise: 'I13',
    file: 'src/engines/indexeddb-connection.ts',
    find: "        platformName: 'UnknownError',\n        isUncertain,",
    replace: "        platformName: 'UnknownError',",
  },
  {
    name: 'a retry makes a new id',
    promise: 'F02',
    file: 'src/services/commit.ts',
    find: 'const appending = vault().append(plan);',
    replace: 'const appending = vault().append({ ...plan, id: `${plan.id} ${performance.now()}` });',
  },
  {
    name: 'a vanished database is a first run',
    promise: 'I12',
    file: 'src/services/load.ts',
    find: "  if (remembered.kind === 'witness') return { kind: 'vanished', witness: remembered.witness };\n",
    replace: '',
  },
  {
    name: 'a write that never answers is waited for',
    promise: 'I13',
    file: 'machines/commit.machine.ts',
    find: 'writeDeadline: 10_000,',
    replace: 'writeDeadline: 10_000_000,',
  },
];
