import { Button } from '../ui/Button.tsx';
import { say } from '../words/say.ts';

/** Says that the list is not all of it, and brings the rest back. */
export function ImportedStrip({ count, onShowAll }: { count: number; onShowAll: () => void }) {
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg bg-info-soft px-4 py-2 text-sm">
      <span className="min-w-0 flex-1" role="status">
        {say('templates.importedOnly', { count })}
      </span>
      <Button size="small" onClick={onShowAll}>
        {say('templates.showAll')}
      </Button>
    </p>
  );
}
