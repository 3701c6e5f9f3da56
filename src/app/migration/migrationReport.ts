import type { SnapshotFrom } from 'xstate';
import type { migrationMachine } from '../../../machines/migration.machine.ts';

/** Where an update stopped, as JSON for those who help: codes, stores, versions and counts. No content, and no ids. */
export function migrationReport({
  context: { finding, steps, plans },
}: SnapshotFrom<typeof migrationMachine>): string {
  const { id: _, ...told } = { id: undefined, ...finding };
  return JSON.stringify({ report: 'migration', finding: told, steps, plans }, null, 2);
}
