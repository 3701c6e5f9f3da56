import type { Asking } from '../../client/types.ts';
import { usePersistence, useView } from '../../react/index.ts';
import { useProblemCommands } from '../start/useProblemCommands.ts';
import MigrationPage from './MigrationPage.tsx';

/** The page of an update, in place of all others. */
export default function Migration({ actor }: Pick<Extract<Asking, { machine: 'migration' }>, 'actor'>) {
  const progress = useView(usePersistence().progress);
  return <MigrationPage actor={actor} commands={useProblemCommands()} progress={progress} />;
}
