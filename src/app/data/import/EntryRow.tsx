import { sayData } from '../../words/sayData.ts';
import type { Choice, ImportEntry } from '../fileTypes.ts';

interface EntryRowProps {
  entry: ImportEntry;
  name: string;
  /** What is here gets another content or date. */
  isReplaced: boolean;
  onChoose: (choice: Choice) => void;
}

/** One record: whether it is taken, its name, and what happens with it. */
export function EntryRow({ entry, name, isReplaced, onChoose }: EntryRowProps) {
  const { kind, choice, isLikeAnother } = entry;
  const isTaken = choice !== undefined && choice !== 'here';
  const words = (
    <>
      <span className="min-w-0 flex-1 truncate">{name}</span>
      <span className="hidden shrink-0 text-xs text-muted-foreground sm:inline">
        {sayData(isLikeAnother ? 'entry.newAlike' : `entry.${kind}`)}
      </span>
      <span className="shrink-0 text-xs sm:w-36 sm:text-right">{sayData(outcomeOf(entry, isReplaced))}</span>
    </>
  );
  // Nothing is to be said about what is the same, or what is decided in the next step.
  if (choice === undefined || kind === 'same')
    return <div className="flex h-full items-center gap-2.5 pr-3 pl-9.5 text-sm">{words}</div>;
  return (
    <label className="flex h-full items-center gap-2.5 px-3 text-sm hover:bg-muted">
      <input
        type="checkbox"
        aria-label={sayData('import.take', { name })}
        checked={isTaken}
        onChange={() => onChoose(isTaken ? 'here' : wayIn(entry))}
        className="size-4 shrink-0 accent-primary"
      />
      {words}
    </label>
  );
}

/** A second one of the same id comes beside the first, where the store can hold both. */
function wayIn({ kind, canKeepBoth }: ImportEntry): Choice {
  return kind === 'repeated' && canKeepBoth ? 'both' : 'file';
}

function outcomeOf({ kind, choice, here }: ImportEntry, isReplaced: boolean) {
  if (choice === undefined) return 'outcome.undecided';
  if (kind === 'same') return isReplaced ? 'outcome.redated' : 'outcome.same';
  if (choice === 'here') return here ? 'outcome.here' : 'outcome.absent';
  if (choice === 'both') return 'outcome.copied';
  if (choice !== 'file') return 'outcome.merged';
  return here ? 'outcome.replaced' : 'outcome.added';
}
