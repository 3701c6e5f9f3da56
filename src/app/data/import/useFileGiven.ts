import { useEffect } from 'react';
import type { ChosenFile } from '../../../../machines/intake.types.ts';
import { fileIn } from './fileIn.ts';

/**
 * Takes what is pasted or dropped, as a file or as text, anywhere in the page.
 *
 * @param onFile  stays the same function, or it is listened to anew
 * @param setOver  told whether something is held over the page
 */
export function useFileGiven(onFile: (file: ChosenFile) => void, setOver?: (isOver: boolean) => void): void {
  usePasted(onFile);
  useDropped(onFile, setOver);
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

function useDropped(onFile: (file: ChosenFile) => void, setOver?: (isOver: boolean) => void): void {
  useEffect(() => {
    const over = (event: DragEvent): void => {
      event.preventDefault();
      setOver?.(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver?.(false);
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      setOver?.(false);
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
