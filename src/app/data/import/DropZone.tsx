import { FileUp } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ChosenFile } from '../../../../machines/intake.types.ts';
import { classNames } from '../../ui/classNames.ts';
import { sayData } from '../../words/sayData.ts';
import { useFileGiven } from './useFileGiven.ts';

/** Takes one file: by the browser's own chooser, dropped, or pasted as a file or as text, anywhere in the page. */
export function DropZone({ onFile }: { onFile: (file: ChosenFile) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  useFileGiven(onFile, setOver);
  return (
    <>
      <button
        type="button"
        data-safe=""
        onClick={() => input.current?.click()}
        className={classNames(
          'flex flex-col items-center gap-2 rounded-xl border-2 border-dashed px-4 py-9 text-center transition-colors',
          isOver ? 'border-primary bg-accent' : 'border-border hover:bg-muted',
        )}
      >
        <FileUp aria-hidden="true" className="size-6 text-muted-foreground" />
        <span className="font-medium">{sayData('import.drop')}</span>
        <span className="text-xs text-muted-foreground">{sayData('import.dropMeans')}</span>
      </button>
      <input
        ref={input}
        type="file"
        hidden
        tabIndex={-1}
        aria-label={sayData('import.choose')}
        accept=".json,.hl7,.txt,application/json,text/plain"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          // The same file may be chosen again after it was mended.
          target.value = '';
          if (file) onFile(file);
        }}
      />
    </>
  );
}
