import { ChevronLeft, ChevronRight } from 'lucide-react';
import { IconButton } from '../../ui/IconButton.tsx';
import { sayData } from '../../words/sayData.ts';
import type { ConflictsSnapshot, ConflictsStepProps } from './step.ts';

interface ConflictHeaderProps {
  snapshot: ConflictsSnapshot;
  send: ConflictsStepProps['send'];
  name: string;
}

/** Which record is looked at, and the way to the others. */
export function ConflictHeader({ snapshot, send, name }: ConflictHeaderProps) {
  const { conflicts, at } = snapshot.context;
  const canNext = snapshot.can({ type: 'NEXT' });
  const canPrevious = snapshot.can({ type: 'PREVIOUS' });
  return (
    <header className="flex items-center gap-1 border-b border-border px-4 py-2">
      <h3 className="min-w-0 flex-1 truncate font-medium">{name}</h3>
      {conflicts.length > 1 && (
        <>
          <p role="status" className="shrink-0 text-xs text-muted-foreground tabular-nums">
            {sayData('conflicts.position', { at: at + 1, count: conflicts.length })}
          </p>
          <IconButton
            label={sayData('conflicts.previous')}
            icon={<ChevronLeft aria-hidden="true" />}
            aria-disabled={!canPrevious || undefined}
            onClick={() => canPrevious && send({ type: 'PREVIOUS' })}
          />
          <IconButton
            label={sayData('conflicts.next')}
            icon={<ChevronRight aria-hidden="true" />}
            aria-disabled={!canNext || undefined}
            onClick={() => canNext && send({ type: 'NEXT' })}
          />
        </>
      )}
    </header>
  );
}
