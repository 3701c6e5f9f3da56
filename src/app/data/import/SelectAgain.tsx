import type { ImportFinding, ImportSelection } from '../../../../machines/import.types.ts';
import { Button } from '../../ui/Button.tsx';
import { sayData } from '../../words/sayData.ts';
import type { ImportActor } from './step.ts';

interface SelectAgainProps {
  finding: ImportFinding | null;
  selection: ImportSelection;
  send: ImportActor['send'];
}

/** Another way to take the same file, where this one led nowhere. */
export function SelectAgain({ finding, selection, send }: SelectAgainProps) {
  const select = (changed: Partial<ImportSelection>) => () => send({ type: 'SELECT', selection: changed });
  if (finding?.code === 'nothing')
    return selection.strategy === 'replace' ? (
      <Button onClick={select({ strategy: 'merge' })}>{sayData('import.mergeInstead')}</Button>
    ) : (
      <Button onClick={select({ strategy: 'replace' })}>{sayData('import.replaceInstead')}</Button>
    );
  // A plan that was refused for want of room, or that could not be made, is not better for being asked again.
  if (finding?.code !== 'nothingChosen' && finding?.code !== 'notWritten') return null;
  return <Button onClick={select({})}>{sayData('import.choosePreview')}</Button>;
}
