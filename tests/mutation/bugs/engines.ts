import type { Planted } from '../planted.ts';

/** Where bytes live. */
export const IN_ENGINES: readonly Planted[] = [
  {
    name: 'acknowledge on success, not on complete',
    promise: 'F19',
    file: 'src/engines/indexeddb-transaction.ts',
    find: '    done: ended.then(decide),',
    replace: "    done: result.then(() => decide('landed')),",
  },
  {
    name: 'ask for relaxed durability',
    promise: 'F33',
    file: 'src/engines/indexeddb-transaction.ts',
    find: "durability: 'strict'",
    replace: "durability: 'relaxed'",
  },
  {
    name: 'a full disk at the commit is taken for a bug of the browser',
    promise: 'F19',
    file: 'src/engines/classify.ts',
    find: "      DataError: 'capacity',\n      ConstraintError",
    replace: '      ConstraintError',
  },
  {
    name: 'a dead connection is taken for an unreadable value',
    promise: 'F02',
    file: 'src/engines/indexeddb-connection.ts',
    find: 'transaction.isDoubtful() && !(await answers())',
    replace: 'false',
  },
  {
    name: 'hold the connection open while another tab upgrades',
    promise: 'F07',
    file: 'src/engines/indexeddb-connection.ts',
    find: 'if (partings.length === 0) raw.close();',
    replace: 'if (partings.length === 0) void raw;',
  },
  {
    name: 'let a newer tab wait for as long as somebody here takes',
    promise: 'F07',
    file: 'src/engines/indexeddb-connection.ts',
    find: 'withDeadline<unknown>(clock, parted, PARTING_DEADLINE_MS, () => undefined)',
    replace: 'parted',
  },
  {
    name: 'keep a connection that came after we gave up',
    promise: 'F06',
    file: 'src/engines/indexeddb-open.ts',
    find: '        if (gaveUp) return opening.transaction?.abort();',
    replace: '',
  },
  {
    name: 'open without a deadline',
    promise: 'F10',
    file: 'src/engines/indexeddb-open.ts',
    find: '    let timer = clock.setTimeout(giveUp, OPEN_DEADLINE_MS);',
    replace: '    let timer: unknown;',
  },
  {
    name: 'a database cleared underneath us is only closed',
    promise: 'F12',
    file: 'src/engines/indexeddb-connection.ts',
    find: "(await isGone(factory, db.name)) ? 'vanished' : 'closed'",
    replace: "'closed'",
  },
  {
    name: 'unlock before the batch is committed',
    promise: 'I8',
    file: 'src/engines/localstorage-connection.ts',
    find: "    locked('exclusive', () => {\n      recover();\n      return task();\n    });",
    replace: "    locked('exclusive', async () => recover()).then(task);",
  },
];
