import { FileUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ChosenFile } from '../../../../machines/intake.types.ts';
import { classNames } from '../../ui/classNames.ts';
import { sayData } from '../../words/sayData.ts';
import { fileIn } from './fileIn.ts';

/** Takes one file: by the browser's own chooser, dropped, or pasted as a file or as text, anywhere in the page. */
export function DropZone({ onFile }: { onFile: (file: ChosenFile) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  usePasted(onFile);
  useDropped(onFile, setOver);
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

function usePasted(onFile: (file: ChosenFile) => void): void {
  useEffect(() => {
    const take = (event: ClipboardEvent): void => {
      const file = fileIn(event.clipboardData);
      if (!file) return;
      event.preventDefault();
      onFile(file);
    };
    document.addEventListener('paste', take);
    return () => document.removeEventListener('paste', take);
  }, [onFile]);
}

/** A file that is dropped beside the zone would otherwise take the place of the page. */
function useDropped(onFile: (file: ChosenFile) => void, setOver: (isOver: boolean) => void): void {
  useEffect(() => {
    const over = (event: DragEvent): void => {
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      setOver(false);
      const file = fileIn(event.dataTransfer);
      if (file) onFile(file);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
    };
  }, [onFile, setOver]);
}
